package io.fanin.pages.view;

import io.fanin.model.run.WaivedPartition;
import io.fanin.model.text.Counted;
import java.util.List;
import java.util.stream.Stream;

/** A waived partition. */
public record WaivedRow(String partition, String by, String reason, String until) {

    private static final int MAX_REASON = 300;

    /** The maximum number of rows. */
    private static final int ROWS = 200;

    static List<WaivedRow> of(List<WaivedPartition> waived) {
        Stream<WaivedRow> shown = waived.stream().limit(ROWS).map(WaivedRow::of);
        Stream<WaivedRow> left = Stream.of(waived.size() - ROWS)
                .filter(more -> more > 0)
                .map(more -> new WaivedRow("and " + Counted.of(more, "other"), "", "", ""));
        return Stream.concat(shown, left).toList();
    }

    private static WaivedRow of(WaivedPartition waived) {
        return new WaivedRow(
                Texts.name(waived.partition()),
                Texts.name(waived.by()),
                Texts.prose(waived.reason(), MAX_REASON),
                waived.until().map(Texts::time).orElse("for ever"));
    }
}
