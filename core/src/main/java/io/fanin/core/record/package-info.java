/**
 * The table's record in the state bucket: what is outstanding, and how far the table is. Changed only by conditional puts,
 * through {@link io.fanin.core.record.TableRecords}.
 */
package io.fanin.core.record;
