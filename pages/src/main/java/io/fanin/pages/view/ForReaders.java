package io.fanin.pages.view;

import io.fanin.model.table.TableProgress;
import io.fanin.model.text.Counted;

/** What the readers of a table can rely on. */
final class ForReaders {

    private ForReaders() {}

    /**
     * The sentences.
     *
     * @param outstanding the number of partitions
     * @param missing the number of periods without a prefix, where they count
     * @param unverified the number of partitions that no run has looked at
     */
    static String of(TableProgress progress, long outstanding, long missing, long unverified) {
        StringBuilder text = new StringBuilder("For readers: ");
        text.append(progress.completeThrough()
                .map(moment -> "complete through " + progress.withZone(moment.replace('T', ' ')))
                .orElse("how far the table is complete is not known"));
        if (outstanding > 0) {
            text.append("; ")
                    .append(Counted.of(outstanding, "partition"))
                    .append(outstanding == 1 ? " that failed is" : " that failed are")
                    .append(" missing, or as before the failure");
        }
        if (missing > 0) {
            text.append("; ")
                    .append(Counted.of(missing, "period"))
                    .append(missing == 1 ? " has" : " have")
                    .append(" no prefix: a run takes up what is written, and what never will be can be waived");
        }
        text.append(". What runs have registered has passed its checks");
        if (unverified > 0) {
            text.append("; ")
                    .append(Counted.of(unverified, "partition"))
                    .append(unverified == 1 ? " of other tools was" : " of other tools were")
                    .append(" never looked at");
        }
        return text.append('.').toString();
    }
}
