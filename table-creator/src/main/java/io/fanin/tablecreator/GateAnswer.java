package io.fanin.tablecreator;

import io.fanin.core.run.Next;
import io.fanin.core.run.RunId;
import java.util.List;

/**
 * What a redriven run does next, in the shape that the detector gives to a new one.
 *
 * @param table {@code database.table}
 * @param manifest key in the state bucket
 * @param receipts empty: no partition of the pass has been processed
 */
record GateAnswer(
        RunId run,
        int pass,
        String table,
        Next next,
        String manifest,
        int partitions,
        int batches,
        List<Object> receipts) {}
