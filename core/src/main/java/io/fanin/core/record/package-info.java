/**
 * The table's record in the state bucket: outstanding and waived partitions, and the table's progress. Changed only by
 * conditional puts, through {@link io.fanin.core.record.TableRecords}.
 */
package io.fanin.core.record;
