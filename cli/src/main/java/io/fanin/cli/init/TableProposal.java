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
 * @param spec the shortest spec, without fields that equal the catalog or a default; absent if the table is left out
 * @param findings the reasons for the spec's fields, and open decisions
 * @param firstRun the expected result of a run with the spec; absent if it cannot be predicted
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
        /** It can be used: everything in it was declared or verified. */
        READY,
        /** It can be used, but contains guesses. */
        CHECK,
        /** It cannot be used before a person has decided something. */
        DECIDE,
        /** There is none: a run cannot register partitions of this table. */
        LEFT_OUT,
        /** The folder has a spec for the table that a person has moved there, after it could not be used at first. */
        KEPT
    }

    public TableProposal {
        findings = List.copyOf(findings);
    }

    static TableProposal leftOut(TableName table, String why) {
        return new TableProposal(
                table, Verdict.LEFT_OUT, Optional.empty(), List.of(Finding.decide(why)), Optional.empty());
    }

    /** The proposal for a table with a file, without further information. */
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
     * This proposal, made when the table's file was written, now that the file is kept; without its spec.
     *
     * @param place {@link Verdict#DECIDE} if the file is in the folder of specs that need a decision, otherwise
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

    /** A proposal without a prediction of the first run. */
    static TableProposal of(TableName table, JsonNode spec, List<Finding> findings) {
        return new TableProposal(table, verdict(findings), Optional.of(spec), findings, Optional.empty());
    }

    /** This proposal with the spec in the table's file. */
    TableProposal with(JsonNode file) {
        return new TableProposal(table, verdict, Optional.of(file), findings, firstRun);
    }

    /** This proposal with the prediction of a first run. */
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
