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
        /** The folder has a spec for the table that a person has put there, where it could not be used before. */
        KEPT
    }

    public TableProposal {
        findings = List.copyOf(findings);
    }

    static TableProposal leftOut(TableName table, String why) {
        return new TableProposal(
                table, Verdict.LEFT_OUT, Optional.empty(), List.of(Finding.decide(why)), Optional.empty());
    }

    /** The proposal for a table with a file, of which nothing else is known. */
    static TableProposal unknown(TableName table) {
        return new TableProposal(
                table,
                Verdict.CHECK,
                Optional.empty(),
                List.of(Finding.guess("kept; its verdict is not known: no report has it, such as after a survey that"
                        + " was broken off. Check the spec, or use --force")),
                Optional.empty());
    }

    /**
     * The same proposal, which was made when the table's file was written, now that the file is kept; without its spec.
     *
     * @param place {@link Verdict#DECIDE} if the file is among those that a person has to decide about, else
     *     {@link Verdict#KEPT}
     */
    TableProposal kept(Verdict place) {
        List<Finding> kept = new ArrayList<>();
        kept.add(Finding.certain("the folder has a spec for it: --force asks again"));
        findings.stream()
                .filter(finding -> place == Verdict.DECIDE || finding.certainty() != Finding.Certainty.DECIDE)
                .forEach(kept::add);
        if (place == Verdict.DECIDE && verdict(kept) != Verdict.DECIDE) {
            kept.add(Finding.decide("its spec is among those that a person has to decide about"));
        }
        boolean isDecided = place == Verdict.KEPT && verdict != Verdict.READY && verdict != Verdict.CHECK;
        return new TableProposal(
                table,
                isDecided ? Verdict.KEPT : verdict(kept),
                Optional.empty(),
                kept.stream().distinct().toList(),
                firstRun);
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

    /** A proposal of which nobody can tell what a run would do. */
    static TableProposal of(TableName table, JsonNode spec, List<Finding> findings) {
        return new TableProposal(table, verdict(findings), Optional.of(spec), findings, Optional.empty());
    }

    /** The same proposal, with the spec in the table's file. */
    TableProposal with(JsonNode file) {
        return new TableProposal(table, verdict, Optional.of(file), findings, firstRun);
    }

    /** The same proposal, with what a run would do. */
    TableProposal with(FirstRun run) {
        return new TableProposal(table, verdict, spec, findings, Optional.of(run));
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
