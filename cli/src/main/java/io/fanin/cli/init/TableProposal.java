package io.fanin.cli.init;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.s3.S3AccessException;
import io.fanin.model.table.TableName;
import io.fanin.model.text.UnforeseenError;
import java.util.ArrayList;
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
        /** The folder has a spec for the table that a person has put there, or of which nothing else is known. */
        KEPT
    }

    public TableProposal {
        findings = List.copyOf(findings);
    }

    static TableProposal leftOut(TableName table, String why) {
        return new TableProposal(
                table, Verdict.LEFT_OUT, Optional.empty(), List.of(Finding.decide(why)), Optional.empty());
    }

    /**
     * The proposal for a table that has a file.
     *
     * @param place {@link Verdict#DECIDE} if the file is among those that a person has to decide about, else
     *     {@link Verdict#KEPT}
     * @param spec in the file; empty if it cannot be read
     * @param earlier what was found when the file was written; empty if that is not known
     */
    static TableProposal kept(
            TableName table, Verdict place, Optional<JsonNode> spec, Optional<TableProposal> earlier) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.certain("the folder has a spec for it: --force asks again"));
        earlier.ifPresent(proposal -> proposal.findings().stream()
                .filter(finding -> place == Verdict.DECIDE || finding.certainty() != Finding.Certainty.DECIDE)
                .forEach(findings::add));
        if (place == Verdict.DECIDE && verdict(findings) != Verdict.DECIDE) {
            findings.add(Finding.decide("its spec is among those that a person has to decide about"));
        }
        boolean isDecided = place == Verdict.KEPT
                && earlier.map(TableProposal::verdict)
                        .filter(verdict -> verdict == Verdict.READY || verdict == Verdict.CHECK)
                        .isEmpty();
        return new TableProposal(
                table,
                isDecided ? Verdict.KEPT : verdict(findings),
                spec,
                findings.stream().distinct().toList(),
                earlier.flatMap(TableProposal::firstRun));
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
