/**
 * What is kept of a table for people to look at: its last runs, and its periods. No decision uses
 * it; it is changed only by
 * conditional puts, through {@link io.fanin.core.history.TableHistories}.
 */
package io.fanin.core.history;
