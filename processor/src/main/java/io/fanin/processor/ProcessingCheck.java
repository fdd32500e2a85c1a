package io.fanin.processor;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.BucketCheck;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.NextStep;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.SpecException.Problem;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.SchemaCheck;
import io.fanin.model.table.DataFormat;
import io.fanin.processor.custom.Processors;
import io.fanin.processor.custom.UnknownProcessorException;
import io.fanin.processor.parquet.ConditionCheck;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.processor.sql.PartitionQuery;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionFailures;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.ScratchDatabase;
import io.fanin.records.tables.TableCopies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds errors that would affect every partition before any is processed: names in the spec that do not exist, and SQL
 * that cannot be executed. Nothing is stored, so a redrive checks again.
 *
 * @param processors the custom processors on the class path
 */
record ProcessingCheck(
        ObjectStore state,
        ProcessorServices services,
        BucketCheck buckets,
        Supplier<GlueCatalog> catalog,
        Supplier<Processors> processors) {

    /** Failures caused by the function and not by the spec. */
    private static final Set<FailureCode> OF_THE_FUNCTION =
            Set.of(FailureCode.NO_SPACE, FailureCode.DEADLINE_EXCEEDED, FailureCode.DUCKDB_ERROR);

    /**
     * The next state if there are no errors.
     *
     * @throws SpecException with all errors
     */
    NextStep check(ProcessorRequest.Check request, Deadline deadline) throws IOException {
        RunFolder run = new RunFolder(state, request.run());
        boolean isPlan = request.next() == NextStep.CHECK_PLAN;
        ResolvedSpec spec = isPlan ? run.plan().orElseThrow().spec() : run.spec();
        List<Problem> problems = new ArrayList<>();
        ProcessorSpec processor = spec.processor();
        if (processor.makesPartitions()) {
            buckets.problem(spec.definition().location().bucket())
                    .ifPresent(why -> problems.add(new Problem("$.location", why)));
        }
        switch (processor) {
            case ProcessorSpec.Validate validate -> problems.addAll(conditions(spec, validate, deadline));
            case ProcessorSpec.Register register -> {}
            case ProcessorSpec.Convert convert ->
                problems.addAll(conditions(spec, convert.expectOrNone(), true, deadline));
            case ProcessorSpec.Sql sql -> {
                problems.addAll(query(spec, sql, request.readable(), deadline));
                problems.addAll(conditions(spec, sql.expectOrNone(), true, deadline));
            }
            case ProcessorSpec.Custom custom -> problems.addAll(custom(custom));
            case ProcessorSpec.Job job -> {
                problems.addAll(job(job));
                problems.addAll(conditions(spec, job.validation(), deadline));
            }
        }
        if (!problems.isEmpty()) {
            throw SpecException.of(problems);
        }
        return isPlan ? NextStep.PLANNED : NextStep.toProcess(processor);
    }

    private List<Problem> query(ResolvedSpec spec, ProcessorSpec.Sql sql, String readable, Deadline deadline)
            throws IOException {
        String path = sql.file().isPresent() ? "$.processor.file" : "$.processor.query";
        try (PartitionQuery query = new PartitionQuery(
                spec,
                sql,
                services.objectsOfBucket(),
                new VersionTarget(services.targets().apply(spec), ""),
                services.within(readable).tables(),
                TableCopies.NONE,
                services.settings().get(),
                deadline)) {
            query.check();
            return List.of();
        } catch (ConversionException e) {
            if (OF_THE_FUNCTION.contains(e.code())) {
                throw e;
            }
            return List.of(new Problem(path, e.getMessage()));
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (CatalogException e) {
            return List.of(new Problem(path, e.getMessage()));
        }
    }

    /** Errors in the conditions over existing files, whose columns are known only if they have to be the table's. */
    private List<Problem> conditions(ResolvedSpec spec, ProcessorSpec.Validate validate, Deadline deadline)
            throws IOException {
        boolean isTyped =
                spec.definition().format() != DataFormat.PARQUET || validate.schemaOrDefault() == SchemaCheck.STRICT;
        return conditions(spec, validate.expectOrNone(), isTyped, deadline);
    }

    /** @param isTyped whether the rows have exactly the table's columns and types */
    private List<Problem> conditions(
            ResolvedSpec spec, List<Expectation> expectations, boolean isTyped, Deadline deadline) throws IOException {
        if (expectations.stream().noneMatch(one -> one.sql().isPresent())) {
            return List.of();
        }
        ConversionSettings settings = services.settings().get();
        return new ConversionFailures(settings).named(() -> {
            try (ScratchDatabase scratch = ScratchDatabase.forFileQueries(settings)) {
                ConditionCheck check = isTyped
                        ? ConditionCheck.ofTable(scratch.database(), deadline, spec.definition())
                        : ConditionCheck.ofAnyColumns(scratch.database(), deadline);
                List<Problem> problems = new ArrayList<>();
                for (int i = 0; i < expectations.size(); i++) {
                    String path = "$.processor.expect[" + i + "].sql";
                    expectations
                            .get(i)
                            .sql()
                            .flatMap(check::problem)
                            .ifPresent(why -> problems.add(new Problem(path, why)));
                }
                return problems;
            }
        });
    }

    private List<Problem> custom(ProcessorSpec.Custom custom) {
        try {
            processors.get().named(custom.name());
            return List.of();
        } catch (UnknownProcessorException e) {
            return List.of(new Problem("$.processor.name", e.getMessage()));
        }
    }

    private List<Problem> job(ProcessorSpec.Job job) {
        return switch (job) {
            case ProcessorSpec.GlueJob glue -> GlueJobCheck.problems(glue, catalog.get());
        };
    }
}
