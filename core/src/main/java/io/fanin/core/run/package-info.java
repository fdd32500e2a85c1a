/**
 * What the parts of a run tell each other, as records: batches and their results, receipts, reports. For everybody; where
 * they are kept is for {@code core.run.folder} to know.
 */
package io.fanin.core.run;
