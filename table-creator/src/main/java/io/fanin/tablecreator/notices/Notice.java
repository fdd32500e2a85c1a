package io.fanin.tablecreator.notices;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.ExecutionArn;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.table.TableProgress;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.tablecreator.notices.NoticeContext.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A notice for people: a few short texts, each present, on one line and without control characters; also the detail of
 * the event that is sent to a webhook.
 *
 * @param id the same for duplicates
 * @param kind the reason for sending it: {@code new}, {@code changed}, {@code reminder}, {@code healed}
 * @param execution its ARN
 * @param table {@code database.table}, or the URI of its spec, or {@code unknown}
 * @param what the counts of the problem
 * @param why the first reason
 * @param since when the first notice was sent, in whole seconds
 * @param partitions the first outstanding partitions, each with its reason, and the first missing periods
 * @param console the URL of the execution, or its ARN if there is none
 * @param command the next command to type, or other advice
 */
public record Notice(
        int schemaVersion,
        String id,
        String kind,
        RunId run,
        String execution,
        String table,
        String title,
        String what,
        String why,
        String since,
        List<String> partitions,
        String console,
        String command) {

    private static final int SCHEMA_VERSION = 1;

    /** The partitions on one line, and never blank: an input transformer cannot join texts, and requires each. */
    @JsonProperty
    String sample() {
        return partitions.isEmpty() ? "none" : LogSafe.beginning(String.join("; ", partitions), MAX_SAMPLE);
    }

    /** The maximum number of partitions, and of stretches of missing periods. */
    private static final int PARTITIONS = 5;

    /** Slack allows 3,000 characters. */
    private static final int MAX_SAMPLE = 2_900;

    /** @param since when the problem was first sent */
    static Notice of(NoticeKind kind, TableProblem problem, NoticeContext context, Instant since) {
        String table = context.table();
        ExecutionArn execution = new ExecutionArn(context.execution());
        return new Notice(
                SCHEMA_VERSION,
                context.run().run() + "/" + kind.word() + "/" + problem.state(),
                kind.word(),
                context.run().run(),
                context.execution(),
                table,
                title(kind, context, problem),
                what(kind, context, problem),
                why(problem),
                since.truncatedTo(ChronoUnit.SECONDS).toString(),
                partitions(problem, context),
                execution.console().orElse(context.execution()),
                kind == NoticeKind.HEALED && context.subject() != Subject.INPUT
                        ? "none needed"
                        : command(problem, context, execution));
    }

    private static String title(NoticeKind kind, NoticeContext context, TableProblem problem) {
        String table = context.table();
        String still = kind == NoticeKind.REMINDER ? "still " : "";
        if (problem.isOver()) {
            return switch (context.subject()) {
                case TABLE, TABLE_BY_WAIVERS ->
                    problem.record().lastRun().isPresent()
                            ? "Table " + table + " is complete"
                            : "Runs of table " + table + " succeed again";
                case INPUT -> "Runs of table " + table + " find it again";
                case SELECTION -> "Table " + table + " is no longer left out";
            };
        }
        return problem.failure()
                .map(failure -> switch (failure.kind()) {
                    case FAILED -> "Run of table " + table + " " + still + (still.isEmpty() ? "failed" : "fails");
                    case LEFT_OUT -> "Table " + table + " is " + still + "left out";
                })
                .orElseGet(() -> "Table " + table + " is " + still + "partial");
    }

    private static String what(NoticeKind kind, NoticeContext context, TableProblem problem) {
        List<String> what = new ArrayList<>();
        problem.failure()
                .ifPresent(failure -> what.add(
                        switch (failure.kind()) {
                            case FAILED -> "the run failed; what was registered stays registered";
                            case LEFT_OUT ->
                                "runs of all tables leave it out; what was registered stays registered, and nothing new is";
                        }));
        if (!problem.outstanding().isEmpty()) {
            what.add(Counted.of(problem.outstanding().size(), "partition") + " outstanding");
        }
        problem.record().progress().missing().ifPresent(count -> what.add(Counted.of(count, "period") + " missing"));
        if (kind == NoticeKind.HEALED) {
            what.add(
                    switch (context.subject()) {
                        case TABLE, TABLE_BY_WAIVERS -> "nothing is outstanding any more";
                        case INPUT -> "its other notices say whether anything is outstanding";
                        case SELECTION -> "runs of all tables take it up, or it is no table of theirs any more";
                    });
        }
        TableProgress progress = problem.record().tableProgress();
        progress.completeThrough().ifPresent(moment -> what.add("complete through " + progress.withZone(moment)));
        return String.join(", ", what);
    }

    private static String why(TableProblem problem) {
        return problem.failure()
                .map(failure -> failure.error() + ": " + failure.message())
                .or(() -> problem.outstanding().stream().findFirst().map(Notice::reason))
                .orElseGet(
                        () -> problem.isOver() ? "what was wrong has been put right" : "periods have no prefix in S3");
    }

    private static List<String> partitions(TableProblem problem, NoticeContext context) {
        List<String> lines = new ArrayList<>(failures(problem.outstanding(), context));
        if (problem.record().progress().missing().isPresent()) {
            lines.addAll(missing(context.missing()));
        }
        return lines;
    }

    private static List<String> failures(List<OutstandingFailure> outstanding, NoticeContext context) {
        if (outstanding.isEmpty()) {
            return List.of();
        }
        List<PartitionKey> keys = context.keys();
        return first(
                outstanding,
                failure -> LogSafe.name(failure.values().nameFor(keys)) + " (" + reason(failure) + ")",
                failure -> 1,
                outstanding.size());
    }

    private static List<String> missing(MissingPeriods missing) {
        return first(
                missing.sample(),
                stretch -> stretch.text() + " (no prefix)",
                MissingPeriods.Stretch::count,
                missing.count());
    }

    /** The lines of the first items, and a line with the number of the others. */
    private static <T> List<String> first(List<T> some, Function<T, String> line, ToLongFunction<T> size, long all) {
        List<T> first = some.stream().limit(PARTITIONS).toList();
        long others = all - first.stream().mapToLong(size).sum();
        return Stream.concat(
                        first.stream().map(line), others > 0 ? Stream.of("and " + others + " more") : Stream.empty())
                .toList();
    }

    private static String reason(OutstandingFailure outstanding) {
        Failure failure = outstanding.failure().inShort();
        return failure.error() + ": " + failure.message();
    }

    private static String command(TableProblem problem, NoticeContext context, ExecutionArn execution) {
        return switch (context.next()) {
            case REDRIVE -> {
                if (problem.failure().isPresent()) {
                    yield error(context)
                            .filter(ExecutionError::needsMoreThanRedrive)
                            .map(ExecutionError::advice)
                            .orElseGet(execution::redriveCommand);
                }
                List<String> words = problem.outstanding().stream()
                        .map(failure -> failure.failure().error())
                        .toList();
                if (FailureAdvice.needsAnotherSpec(words)) {
                    yield FailureAdvice.ANOTHER_SPEC;
                }
                yield context.hintsAtSpec()
                        ? FailureAdvice.PROBABLY_SPEC + " " + execution.redriveCommand()
                        : execution.redriveCommand();
            }
            case START_ANOTHER ->
                error(context).orElse(ExecutionError.SPEC_REFUSED).advice();
            case REMOVE_CAUSE -> "remove the cause: the next run of all tables takes it up";
            case WAIT -> "fanin status " + context.table() + execution.options();
        };
    }

    private static Optional<ExecutionError> error(NoticeContext context) {
        return context.failure().flatMap(failure -> ExecutionError.find(failure.error()));
    }
}
