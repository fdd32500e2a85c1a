package io.fanin.cli.init;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.s3.S3AccessException;
import io.fanin.model.table.TableName;
import io.fanin.model.text.UnforeseenError;
import java.util.List;
import java.util.Optional;

/**
 * A spec for a table, or the reason why there is none.
 *
 * @param spec the shortest that says what is not the catalog's or the default; empty if the table is left out
 * @param findings the reasons for what the spec says, and what a person has to decide
 * @param firstRun what a run with the spec would do; empty if that cannot be told
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TableProposal(
        TableName table,
        Verdict verdict,
        Optional<JsonNode> spec,
        List<Finding> findings,
        Optional<FirstRun> firstRun) {

    /** Whether a spec can be used. */
    public enum Verdict {
        /** It can: everything in it was declared, or has been seen to hold. */
        READY,
        /** It can, but guesses are in it. */
        CHECK,
        /** It cannot before a person has decided something. */
        DECIDE,
        /** There is none: a run cannot register partitions of this table. */
        LEFT_OUT,
        /** The folder has a spec for the table, which was not read again. */
        KEPT
    }

    public TableProposal {
        findings = List.copyOf(findings);
    }

    static TableProposal leftOut(TableName table, String why) {
        return new TableProposal(
                table, Verdict.LEFT_OUT, Optional.empty(), List.of(Finding.decide(why)), Optional.empty());
    }

    static TableProposal kept(TableName table) {
        return new TableProposal(
                table,
                Verdict.KEPT,
                Optional.empty(),
                List.of(Finding.certain("the folder has a spec for it: --force asks again")),
                Optional.empty());
    }

    /** The proposal for a table that could not be read. */
    static TableProposal unread(TableName table, RuntimeException why) {
        return new TableProposal(
                table,
                Verdict.DECIDE,
                Optional.empty(),
                List.of(Finding.decide("it could not be read: "
                        + (why instanceof S3AccessException refused
                                ? refused.messageToCaller()
                                : UnforeseenError.shown(why)))),
                Optional.empty());
    }

    static TableProposal of(TableName table, JsonNode spec, List<Finding> findings, Optional<FirstRun> firstRun) {
        return new TableProposal(table, verdict(findings), Optional.of(spec), findings, firstRun);
    }

    /** The reasons and the first run for a person to read. */
    public List<String> lines() {
        return ProposalText.lines(this);
    }

    private static Verdict verdict(List<Finding> findings) {
        return switch (Finding.least(findings)) {
            case CERTAIN -> Verdict.READY;
            case GUESS -> Verdict.CHECK;
            case DECIDE -> Verdict.DECIDE;
        };
    }
}
