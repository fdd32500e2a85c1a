package io.fanin.cli.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.console.WholeFile;
import io.fanin.cli.init.TableProposal.Verdict;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of proposed specs on this machine: {@code <database>.<table>.json}, specs that need a decision in a folder
 * of their own, and a report of all.
 *
 * @param folder created if absent
 * @param isReplaced whether existing files are replaced
 */
public record SpecFiles(Path folder, boolean isReplaced) {

    /** The folder of specs that cannot be used yet. */
    static final String UNDECIDED = "decide";

    private record Report(List<TableProposal> tables) {}

    /**
     * The place of a table's file that must not be replaced: {@link Verdict#KEPT} for the folder itself,
     * {@link Verdict#DECIDE} for the folder of specs that need a decision.
     */
    Optional<Verdict> place(TableName table) {
        return Stream.of(Verdict.KEPT, Verdict.DECIDE)
                .filter(place -> !isReplaced && isFileName(table) && Files.exists(file(table, place)))
                .findFirst();
    }

    /** The spec in a table's file; empty if it cannot be read. */
    Optional<JsonNode> spec(TableName table, Verdict place) {
        try {
            return Optional.of(Json.documents().readTree(file(table, place).toFile()))
                    .filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The proposals in the existing report; none if it cannot be read. */
    Map<TableName, TableProposal> reported() {
        try {
            return Json.documents().readValue(folder.resolve(StateKeys.REPORT).toFile(), Report.class).tables().stream()
                    .collect(Collectors.toMap(TableProposal::table, Function.identity(), (first, second) -> second));
        } catch (IOException | RuntimeException e) {
            return Map.of();
        }
    }

    /** Writes the spec of a proposal, if it has one, and deletes the table's file with the other verdict. */
    void write(TableProposal proposal) throws IOException {
        if (proposal.spec().isPresent() && isFileName(proposal.table())) {
            write(file(proposal.table(), proposal.verdict()), proposal.spec().get());
            Files.deleteIfExists(
                    file(proposal.table(), proposal.verdict() == Verdict.DECIDE ? Verdict.READY : Verdict.DECIDE));
        }
    }

    /**
     * Writes the report, as JSON and as a page beside it. Keeps an earlier report's entries for tables whose files
     * exist and whose database was not surveyed, so that their open decisions are not lost.
     *
     * @param databases the patterns of their names, as they were given
     * @param isSurveyed whether all tables of a database are among the proposals
     */
    public void writeReport(String databases, Predicate<String> isSurveyed, List<TableProposal> proposals, Instant now)
            throws IOException {
        Set<TableName> proposed = proposals.stream().map(TableProposal::table).collect(Collectors.toSet());
        List<TableProposal> all = Stream.concat(
                        proposals.stream(),
                        reported().values().stream()
                                .filter(earlier ->
                                        !isSurveyed.test(earlier.table().database()))
                                .filter(earlier -> !proposed.contains(earlier.table()))
                                .filter(earlier -> hasFile(earlier.table())))
                .sorted(Comparator.comparing(one -> one.table().toString()))
                .toList();
        Path file = report();
        write(file, Json.documents().valueToTree(Map.of("tables", all)));
        WholeFile.write(file.resolveSibling(StateKeys.REPORT_PAGE), ProposalReport.html(databases, all, now));
    }

    /** The path of the report. */
    public Path report() {
        return folder.resolve(StateKeys.REPORT);
    }

    private boolean hasFile(TableName table) {
        return isFileName(table)
                && (Files.exists(file(table, Verdict.READY)) || Files.exists(file(table, Verdict.DECIDE)));
    }

    private Path file(TableName table, Verdict verdict) {
        Path specs = verdict == Verdict.DECIDE ? folder.resolve(UNDECIDED) : folder;
        return specs.resolve(table + ".json");
    }

    /**
     * Whether the table's name can be a file name: Glue accepts names that a spec does not, and that may lead out of
     * the folder.
     */
    private static boolean isFileName(TableName table) {
        return TableName.find(table.toString()).isPresent();
    }

    private static void write(Path file, JsonNode document) throws IOException {
        WholeFile.write(file, document.toPrettyString() + "\n");
    }
}
