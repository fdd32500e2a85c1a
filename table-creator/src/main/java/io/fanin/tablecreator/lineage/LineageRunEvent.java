package io.fanin.tablecreator.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.run.ExecutionStatuses;
import io.fanin.model.table.S3Location;
import io.fanin.tablecreator.events.Kind;
import io.fanin.tablecreator.events.TableEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A {@code RunEvent} of OpenLineage for the end of a pass, or of an execution that failed. The Python package maps the
 * same events to the same documents.
 *
 * @param eventType {@code COMPLETE}, {@code FAIL} or {@code ABORT}
 * @param eventTime in whole seconds
 * @see <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">OpenLineage 2-0-2</a>
 */
record LineageRunEvent(
        String eventType,
        String eventTime,
        String producer,
        String schemaURL,
        Run run,
        Job job,
        List<Dataset> inputs,
        List<Dataset> outputs) {

    private static final String PRODUCER = "https://pypi.org/project/partition-fan-in/";
    private static final String SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
    private static final String FACETS = "https://openlineage.io/spec/facets/";
    private static final String RUN_FACET = SPEC + "#/$defs/RunFacet";

    /** Texts of an event that say where its numbers come from. */
    private static final List<String> ORIGIN = List.of("run", "status", "completeThrough", "timeZone", "report");

    /** Numbers of an event that count nothing. */
    private static final Set<String> NO_COUNTS = Set.of("schemaVersion", "pass");

    /**
     * A pass, or an execution that failed; its id is the same for duplicates.
     *
     * @param facets by name
     */
    record Run(String runId, Map<String, Map<String, Object>> facets) {}

    /** A table, as the result of runs. */
    record Job(String namespace, String name, Map<String, Map<String, Object>> facets) {}

    /** A folder that is read, or the table in Glue. */
    record Dataset(String namespace, String name, Map<String, Map<String, Object>> facets) {}

    /** @param event that names its table */
    static LineageRunEvent of(Kind kind, TableEvent event, Instant time) {
        TableEvent.Subject table = event.subject().orElseThrow();
        LineageExecution execution = LineageExecution.of(event.execution());
        return new LineageRunEvent(
                type(kind, event),
                time.truncatedTo(ChronoUnit.SECONDS).toString(),
                PRODUCER,
                SPEC + "#/$defs/RunEvent",
                run(event, execution),
                new Job(
                        execution.namespace(),
                        table.database() + "." + table.table(),
                        Map.of(
                                "jobType",
                                facet(
                                        FACETS + "2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet",
                                        Map.of(
                                                "processingType", "BATCH",
                                                "integration", "PARTITION_FAN_IN",
                                                "jobType", "RUN")))),
                table.source().or(table::location).stream()
                        .map(LineageRunEvent::folder)
                        .toList(),
                List.of(new Dataset(
                        "arn:" + execution.partition() + ":glue:" + execution.region() + ":" + execution.account(),
                        "table/" + table.database() + "/" + table.table(),
                        Map.of())));
    }

    private static String type(Kind kind, TableEvent event) {
        return switch (kind) {
            case COMPLETE, HEALED, ALL_COMPLETE -> "COMPLETE";
            case PARTIAL, ALL_PARTIAL -> "FAIL";
            case FAILED ->
                event.end()
                                .filter(end -> end.ended().equals(ExecutionStatuses.ABORTED))
                                .isPresent()
                        ? "ABORT"
                        : "FAIL";
        };
    }

    /** The run of the execution if that has failed: its numbers are then those of a pass that has ended before. */
    private static Run run(TableEvent event, LineageExecution execution) {
        Map<String, Map<String, Object>> facets = new LinkedHashMap<>();
        facets.put("fanin_counts", counts(event));
        if (!event.failures().isEmpty()) {
            facets.put("fanin_failures", facet(RUN_FACET, Map.of("failures", event.failures())));
        }
        message(event)
                .ifPresent(message -> facets.put(
                        "errorMessage",
                        facet(
                                FACETS + "1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet",
                                Map.of("message", message, "programmingLanguage", "Java"))));
        if (event.end().isPresent()) {
            return new Run(execution.runId(), facets);
        }
        facets.put(
                "parent",
                facet(
                        FACETS + "1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet",
                        Map.of(
                                "run", Map.of("runId", execution.runId()),
                                "job", Map.of("namespace", execution.namespace(), "name", execution.machine()))));
        return new Run(execution.runIdOfPass(event.pass().orElseThrow().pass()), facets);
    }

    private static Optional<String> message(TableEvent event) {
        return event.end()
                .map(end -> end.error() + ": " + end.cause())
                .or(() -> Optional.of(event.failures().stream()
                                .map(failure -> failure.partition() + ": " + failure.error() + ": " + failure.message())
                                .collect(Collectors.joining("\n")))
                        .filter(text -> !text.isEmpty()));
    }

    /** All numbers of the event, and where they come from. OpenLineage's client for Python takes no name "pass". */
    private static Map<String, Object> counts(TableEvent event) {
        Map<String, Object> values = new LinkedHashMap<>();
        JsonNode detail = Json.documents().valueToTree(event);
        for (String text : ORIGIN) {
            if (detail.has(text)) {
                values.put(text, detail.get(text));
            }
        }
        event.pass().ifPresent(pass -> values.put("passNumber", pass.pass()));
        detail.properties().forEach(field -> {
            if (field.getValue().isIntegralNumber() && !NO_COUNTS.contains(field.getKey())) {
                values.put(field.getKey(), field.getValue());
            }
        });
        return facet(RUN_FACET, values);
    }

    private static Dataset folder(String uri) {
        S3Location location = S3Location.find(uri).orElseThrow();
        String prefix = location.prefix().replaceAll("/+$", "");
        return new Dataset("s3://" + location.bucket(), prefix.isEmpty() ? "/" : prefix, Map.of());
    }

    private static Map<String, Object> facet(String schema, Map<String, Object> values) {
        Map<String, Object> facet = new LinkedHashMap<>();
        facet.put("_producer", PRODUCER);
        facet.put("_schemaURL", schema);
        facet.putAll(values);
        return facet;
    }
}
