/**
 * The records that the parts of a run exchange: batches and their results, receipts, reports. Public;
 * {@code core.run.folder} determines where they are stored.
 */
package io.fanin.model.run;
