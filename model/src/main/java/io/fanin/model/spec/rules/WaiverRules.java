package io.fanin.model.spec.rules;

import io.fanin.model.spec.WaiverRequest;
import io.fanin.model.spec.WaiverRequest.Waive;
import java.time.DateTimeException;

/** The rules for a change of waivers that can be checked without the table. */
final class WaiverRules {

    private static final int MAX_REASON = 500;
    private static final int MAX_BY = 200;

    private WaiverRules() {}

    static void check(WaiverRequest request, Problems problems) {
        if (request.waived().isEmpty() && request.unwaived().isEmpty()) {
            problems.add("$.waive", "expected at least one partition");
        }
        problems.each("$.waive", request.waived(), (path, waive) -> {
            checkText(path + ".reason", waive.reason(), MAX_REASON, problems);
            checkText(path + ".by", waive.by(), MAX_BY, problems);
            checkUntil(path + ".until", waive, problems);
        });
    }

    private static void checkText(String path, String text, int most, Problems problems) {
        if (text.isBlank() || text.length() > most) {
            problems.add(path, "expected a text of at most " + most + " characters, found " + text.length());
        }
    }

    private static void checkUntil(String path, Waive waive, Problems problems) {
        try {
            waive.untilMoment();
        } catch (DateTimeException e) {
            problems.add(
                    path,
                    "expected a moment such as 2026-11-20T10:00:00Z, found '"
                            + waive.until().orElse("") + "'");
        }
    }
}
