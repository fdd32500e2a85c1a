package io.fanin.tablecreator.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TableProgress;
import io.fanin.model.text.LogSafe;
import java.util.List;
import java.util.Optional;

/**
 * The detail of an event. Its numbers are those of the run's report; without a report it has none.
 *
 * @param schemaVersion version of the JSON Schema
 * @param id the same for duplicates
 * @param execution its ARN
 * @param subject empty if the run failed before the table was known
 * @param pass the last completed pass
 * @param failures the first partitions that are outstanding
 * @param end of an execution that failed, or was stopped
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableEvent(
        int schemaVersion,
        String id,
        RunId run,
        String execution,
        @JsonUnwrapped Optional<Subject> subject,
        @JsonUnwrapped Optional<Pass> pass,
        List<Failed> failures,
        @JsonUnwrapped Optional<End> end)
        implements Event {

    private static final int SCHEMA_VERSION = 1;

    /** The maximum number of partitions in {@code failures}. */
    static final int FAILURES = 10;

    public TableEvent {
        failures = List.copyOf(failures);
    }

    /**
     * The table of the run.
     *
     * @param location the URI of its folder
     * @param source the URI of the folder with the raw data; absent if the table's own objects are the raw data
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Subject(String database, String table, Optional<String> location, Optional<String> source) {

        /** A table of which only the name is known. */
        static Subject of(TableName name) {
            return new Subject(name.database(), name.table(), Optional.empty(), Optional.empty());
        }

        static Subject of(ResolvedSpec spec) {
            return new Subject(
                    spec.tableName().database(),
                    spec.tableName().table(),
                    Optional.of(spec.definition().location().uri()),
                    spec.source().map(source -> source.location().uri()));
        }

        static Subject of(RunReport.Header header) {
            TableName name = header.table();
            return new Subject(name.database(), name.table(), Optional.of(header.location()), header.source());
        }
    }

    /**
     * The result of a pass.
     *
     * @param report the URI of the run's report
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Pass(
            int pass,
            TableStatus status,
            @JsonUnwrapped RunCounts counts,
            @JsonUnwrapped TableProgress progress,
            String report) {}

    /**
     * The failure of an execution.
     *
     * @param ended the execution's status: {@code FAILED}, {@code TIMED_OUT} or, if somebody stopped it,
     *     {@code ABORTED}
     * @param error of the execution, or its status if it has none
     * @param cause of the failure, shortened
     */
    public record End(String ended, String error, String cause) {}

    /** An outstanding partition and its error; all three texts are shortened. */
    public record Failed(String partition, String error, String message) {
        static Failed of(RunReport.Outstanding failure) {
            RunReport.Outstanding.Cause cause = failure.cause().inShort();
            return new Failed(LogSafe.name(failure.partition()), cause.error(), cause.message());
        }
    }

    /** The event of a run without a report. */
    static TableEvent ofRun(String id, RunFolder run, RunEnd end) {
        return new TableEvent(
                SCHEMA_VERSION,
                id,
                run.run(),
                end.executionArn(),
                run.findSpec().map(Subject::of).or(() -> end.tableOfInput().map(Subject::of)),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** The event of a completed pass. */
    static TableEvent ofPass(String id, RunReport report, String execution, String reportUri) {
        return new TableEvent(
                SCHEMA_VERSION,
                id,
                report.header().run(),
                execution,
                Optional.of(Subject.of(report.header())),
                Optional.of(new Pass(
                        report.header().pass(), report.status(), report.counts(), report.progress(), reportUri)),
                report.failures().stream().limit(FAILURES).map(Failed::of).toList(),
                Optional.empty());
    }

    TableEvent failedWith(End how) {
        return new TableEvent(schemaVersion, id, run, execution, subject, pass, failures, Optional.of(how));
    }
}
