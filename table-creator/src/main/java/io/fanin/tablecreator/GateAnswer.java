package io.fanin.tablecreator;

import io.fanin.core.run.Next;
import io.fanin.core.run.RunId;
import java.util.List;

/**
 * How a redriven run continues, in the format of the detector's answer.
 *
 * @param table {@code database.table}
 * @param manifest key in the state bucket
 * @param receipts an empty list
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
