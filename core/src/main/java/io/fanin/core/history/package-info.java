/**
 * A table's history for people: its last runs and its periods. No decision depends on it; it is changed only by
 * conditional puts, through {@link io.fanin.core.history.TableHistories}.
 */
package io.fanin.core.history;
