package io.fanin.tablecreator.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.text.LogSafe;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The detail of an event. Its numbers are those of the run's report; without a report it has none.
 *
 * @param schemaVersion version of the JSON Schema
 * @param id the same for duplicates
 * @param pass the last that was completed
 * @param execution its ARN
 * @param location the URI of the table's folder
 * @param failures the first partitions that are outstanding
 * @param report the URI of the run's report
 * @param error of the execution, or {@code TIMED_OUT}, {@code ABORTED}
 * @param cause of the failure, shortened
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableEvent(
        int schemaVersion,
        String id,
        RunId run,
        OptionalInt pass,
        String execution,
        Optional<String> database,
        Optional<String> table,
        Optional<String> location,
        Optional<TableStatus> status,
        OptionalLong registered,
        OptionalLong failed,
        OptionalLong outstanding,
        OptionalLong setAside,
        OptionalLong missing,
        OptionalLong badRecords,
        Optional<String> completeThrough,
        List<Failed> failures,
        Optional<String> report,
        Optional<String> error,
        Optional<String> cause) {

    public static final int SCHEMA_VERSION = 1;

    /** The maximum number of partitions named. */
    static final int FAILURES = 10;

    private static final int MAX_NAME = 200;
    private static final int MAX_ERROR = 100;
    private static final int MAX_MESSAGE = 300;

    public TableEvent {
        failures = List.copyOf(failures);
    }

    /** An outstanding partition and its error; all three texts are shortened. */
    public record Failed(String partition, String error, String message) {
        static Failed of(RunReport.Outstanding failure) {
            return new Failed(
                    LogSafe.beginning(failure.partition(), MAX_NAME),
                    LogSafe.beginning(failure.error(), MAX_ERROR),
                    LogSafe.beginning(failure.message(), MAX_MESSAGE));
        }
    }

    /** For a run without a report. */
    static TableEvent ofRun(String id, RunId run, String execution) {
        return new TableEvent(
                SCHEMA_VERSION,
                id,
                run,
                OptionalInt.empty(),
                execution,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** For a completed pass. */
    static TableEvent ofPass(String id, RunReport report, String execution, String reportUri) {
        int dot = report.table().indexOf('.');
        return new TableEvent(
                SCHEMA_VERSION,
                id,
                report.run(),
                OptionalInt.of(report.pass()),
                execution,
                Optional.of(report.table().substring(0, dot)),
                Optional.of(report.table().substring(dot + 1)),
                Optional.of(report.location()),
                Optional.of(report.status()),
                OptionalLong.of(report.registered()),
                OptionalLong.of(report.failed()),
                OptionalLong.of(report.outstanding()),
                OptionalLong.of(report.setAside()),
                report.missing(),
                report.badRecords(),
                report.completeThrough(),
                report.failures().stream().limit(FAILURES).map(Failed::of).toList(),
                Optional.of(reportUri),
                Optional.empty(),
                Optional.empty());
    }

    TableEvent of(String ofDatabase, String ofTable, Optional<String> at) {
        return new TableEvent(
                schemaVersion,
                id,
                run,
                pass,
                execution,
                Optional.of(ofDatabase),
                Optional.of(ofTable),
                at,
                status,
                registered,
                failed,
                outstanding,
                setAside,
                missing,
                badRecords,
                completeThrough,
                failures,
                report,
                error,
                cause);
    }

    TableEvent failedWith(String word, String why) {
        return new TableEvent(
                schemaVersion,
                id,
                run,
                pass,
                execution,
                database,
                table,
                location,
                status,
                registered,
                failed,
                outstanding,
                setAside,
                missing,
                badRecords,
                completeThrough,
                failures,
                report,
                Optional.of(word),
                Optional.of(why));
    }

    /** {@code database.table}; empty if the run failed before it was known. */
    Optional<String> tableName() {
        return database.flatMap(name -> table.map(other -> name + "." + other));
    }
}
