package io.fanin.cli.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.init.TableProposal.Verdict;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of proposed specs on this machine: {@code <database>.<table>.json}, those that a person has to decide about in
 * a folder of their own, and a report of all.
 *
 * @param folder created if absent
 * @param isReplaced whether files that are there are replaced
 */
public record SpecFiles(Path folder, boolean isReplaced) {

    /** The folder of specs that cannot be used yet. */
    public static final String UNDECIDED = "decide";

    /** Whether a table has a file that is not to be replaced. */
    boolean has(TableName table) {
        return !isReplaced
                && isFileName(table)
                && Stream.of(Verdict.READY, Verdict.DECIDE)
                        .map(verdict -> file(table, verdict))
                        .anyMatch(Files::exists);
    }

    /** Writes the spec of a proposal, if it has one. */
    void write(TableProposal proposal) throws IOException {
        if (proposal.spec().isPresent() && isFileName(proposal.table())) {
            write(file(proposal.table(), proposal.verdict()), proposal.spec().get());
        }
    }

    /**
     * Writes the report, as JSON and as a page beside it, and returns the path of the JSON.
     *
     * @param databases the pattern of their names
     */
    public Path writeReport(String databases, List<TableProposal> proposals, Instant now) throws IOException {
        Path file = folder.resolve(StateKeys.REPORT);
        write(file, Json.documents().valueToTree(Map.of("tables", proposals)));
        Files.writeString(file.resolveSibling(StateKeys.REPORT_PAGE), ProposalReport.html(databases, proposals, now));
        return file;
    }

    private Path file(TableName table, Verdict verdict) {
        Path specs = verdict == Verdict.DECIDE ? folder.resolve(UNDECIDED) : folder;
        return specs.resolve(table + ".json");
    }

    /** Glue takes names that a spec does not, and that may lead out of the folder. */
    private static boolean isFileName(TableName table) {
        return TableName.find(table.toString()).isPresent();
    }

    private static void write(Path file, JsonNode document) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, document.toPrettyString() + "\n");
    }
}
