package io.fanin.model.run;

import static java.util.stream.Collectors.joining;

import io.fanin.model.text.Counted;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The numbers that a run reports, each with its name in documents, on pages and in sentences, in the order of their
 * display.
 */
public enum RunCount {
    REGISTERED("registered", "Registered", "partition registered", "partitions registered"),
    FAILED("failed", "Failed", ""),
    OUTSTANDING("outstanding", "Outstanding", "outstanding"),
    SET_ASIDE("setAside", "", "of them set aside"),
    MISSING("missing", "Missing", "period missing", "periods missing"),
    WAIVED("waived", "Waived", "waived"),
    UNVERIFIED("unverified", "Unverified", "registered and never verified"),
    BAD_RECORDS("badRecords", "Bad records", "raw record left out as bad", "raw records left out as bad"),
    DEREGISTERED("deregistered", "Deregistered", "deregistered, since their data is gone"),
    VANISHED("vanished", "Data is gone", "registered whose data is gone");

    private final String field;
    private final String title;
    private final String ofOne;
    private final String phrase;

    RunCount(String field, String title, String phrase) {
        this(field, title, phrase, phrase);
    }

    RunCount(String field, String title, String ofOne, String phrase) {
        this.field = field;
        this.title = title;
        this.ofOne = ofOne;
        this.phrase = phrase;
    }

    /** The name in reports, answers, events and histories. */
    public String field() {
        return field;
    }

    /** The heading on pages; blank if another number's heading covers it. */
    public String title() {
        return title;
    }

    /** The number in a pass; empty if it need not be mentioned. */
    public OptionalLong of(RunCounts counts) {
        return switch (this) {
            case REGISTERED -> OptionalLong.of(counts.registered());
            case FAILED -> OptionalLong.of(counts.failed());
            case OUTSTANDING -> OptionalLong.of(counts.outstanding());
            case SET_ASIDE -> counts.setAside() == 0 ? OptionalLong.empty() : OptionalLong.of(counts.setAside());
            case MISSING -> counts.missing();
            case WAIVED -> counts.exempt().waived();
            case UNVERIFIED -> counts.exempt().unverified();
            case BAD_RECORDS -> counts.badRecords();
            case DEREGISTERED -> counts.gone().deregistered();
            case VANISHED -> counts.gone().vanished();
        };
    }

    /** The number and its phrase: {@code 3 outstanding}. */
    String text(long count) {
        return Counted.of(count, ofOne, phrase);
    }

    /** All numbers of a pass that need to be mentioned, as one sentence without its full stop. */
    public static String sentence(RunCounts counts) {
        return Arrays.stream(values())
                .filter(one -> !one.phrase.isEmpty())
                .flatMap(one -> one.of(counts).stream().mapToObj(one::text))
                .collect(joining(", "));
    }
}
