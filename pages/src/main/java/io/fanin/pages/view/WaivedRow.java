package io.fanin.pages.view;

import io.fanin.core.run.WaivedPartition;

/** A partition that somebody has given up. */
public record WaivedRow(String partition, String by, String reason, String until) {

    private static final int MAX_REASON = 500;

    static WaivedRow of(WaivedPartition waived) {
        return new WaivedRow(
                Texts.name(waived.partition()),
                Texts.name(waived.by()),
                Texts.prose(waived.reason(), MAX_REASON),
                waived.until().map(Texts::time).orElse("for ever"));
    }
}
