package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The specs of a table's executions. */
final class SimulatedSpecs {

    static final String JOB_NAME = "copy";

    /** The names of the table's columns. */
    static final List<String> COLUMNS = List.of("carrier", "delay");

    private static final String JOB =
            ",\"processor\":{\"type\":\"glue-job\",\"job\":\"" + JOB_NAME + "\",\"partitionsPerRun\":3}";

    private static final String CONVERT = ",\"processor\":{\"type\":\"convert\"}";

    private static final String DEREGISTER = ",\"vanished\":\"deregister\"";

    private static final String FORCE = ",\"force\":true";

    /** The modes that search for existing data. */
    static final Set<String> SCANS = Set.of("list", "full");

    /** The maximum number of named partitions that do not exist. */
    private static final int ABSENT = 3;

    private final String table;
    private final SimulatedLake lake;
    private final boolean hasTime;
    private final boolean makes;

    /**
     * Whether partitions without data may be named. Not for a job without a source, which counts as failed if it makes
     * nothing of them.
     */
    private final boolean mayNameAbsent;

    private final boolean countsGaps;
    private final boolean registersAhead;
    private final LakeReadiness readiness;

    /**
     * @param verify the number of old partitions that a run verifies; 0 for none
     * @param countsGaps whether periods without a prefix are outstanding: in most runs, and in all at the end
     * @param registersAhead whether periods are registered before they have data
     * @param readiness the condition that runs wait for
     */
    SimulatedSpecs(
            Layouts layout,
            SimulatedLake lake,
            ProcessingMode mode,
            int verify,
            boolean countsGaps,
            boolean registersAhead,
            LakeReadiness readiness) {
        String format = lake.format();
        this.lake = lake;
        this.countsGaps = countsGaps;
        this.registersAhead = registersAhead;
        this.readiness = readiness;
        hasTime = layout.moment(0).isPresent();
        mayNameAbsent = mode != ProcessingMode.JOB_IN_PLACE;
        makes = mode.makesPartitions();
        table = "{\"database\":\"%s\",\"table\":\"%s\",\"format\":\"%s\","
                        .formatted(HistoryWorld.DATABASE, HistoryWorld.TABLE, mode.makesVersions() ? "parquet" : format)
                + "\"columns\":[{\"name\":\"carrier\",\"type\":\"string\"},{\"name\":\"delay\",\"type\":\"int\"}],"
                + "\"partitionKeys\":%s".formatted(layout.keys())
                + layout.timeZone().map(",\"timeZone\":\"%s\""::formatted).orElse("")
                + switch (mode) {
                    case AS_IT_IS -> verify == 0 ? "}" : ",\"verify\":{\"partitionsPerRun\":" + verify + "}}";
                    case JOB_IN_PLACE -> JOB + "}";
                    case JOB_FROM_SOURCE -> JOB + source(layout, format) + "}";
                    case CONVERTED -> CONVERT + source(layout, format) + "}";
                };
    }

    private static String source(Layouts layout, String format) {
        return ",\"source\":{\"location\":\"%s\",\"format\":\"%s\",\"layout\":\"%s\"}"
                .formatted(LakeBuckets.uri(TableFolders.RAW), format, layout.layout());
    }

    /** The final run, after which everything is correct, and the extent of its search. */
    enum Last {
        EVERYTHING("{\"mode\":\"full\",\"lateData\":true}"),

        /** The whole lake is within the window, or its keys are not times. */
        LISTED("{\"mode\":\"list\",\"lookback\":\"P60D\"}"),

        /** Findings of earlier runs must not depend on being searched again. */
        RECENT("{\"mode\":\"list\",\"lookback\":\"PT1H\"}");

        private final String detection;

        Last(String detection) {
            this.detection = detection;
        }
    }

    /**
     * Takes back a folder that another table may have taken over.
     *
     * @param setsAside whether partitions with failures of their own are skipped
     */
    ObjectNode last(Last kind, boolean setsAside) {
        ObjectNode spec = detecting(hasTime || kind == Last.EVERYTHING ? kind.detection : "{\"mode\":\"list\"}");
        if (setsAside) {
            spec.withObjectProperty("detection").put("maxAttempts", Attempts.MAX);
        }
        return makes ? spec.put("takesOver", HistoryWorld.DATABASE + "." + CompetingTable.TABLE) : spec;
    }

    /** Looks at everything without counting missing periods, as when a run of all tables states the detection. */
    ObjectNode uncounted() {
        ObjectNode spec = last(Last.EVERYTHING, false);
        spec.withObjectProperty("detection").remove("gaps");
        return spec;
    }

    /** The spec of another table in the table's folder, within it or around it. */
    ObjectNode competing(SeededRandom random, boolean takesOver) {
        ObjectNode spec = detecting("{\"mode\":\"list\"}").put("table", CompetingTable.TABLE);
        spec.withObjectProperty("detection").remove("readiness");
        String own = spec.path("location").asText();
        spec.put("location", random.one(own, own + "within/", own.replaceFirst("[^/]+/$", "")));
        return takesOver ? spec.put("takesOver", HistoryWorld.DATABASE + "." + HistoryWorld.TABLE) : spec;
    }

    /** Processes S3's events, and takes back a folder that another table may have taken over. */
    ObjectNode events() {
        ObjectNode spec = detecting("{\"mode\":\"events\"}");
        return makes ? spec.put("takesOver", HistoryWorld.DATABASE + "." + CompetingTable.TABLE) : spec;
    }

    ObjectNode any(SeededRandom random, boolean tellsEvents, boolean looksAtAll) {
        String named = named(random);
        String timed =
                random.one("{\"mode\":\"list\",\"lookback\":\"PT3H\"}", "{\"mode\":\"list\",\"gaps\":\"outstanding\"}");
        ObjectNode spec = detecting(
                looksAtAll
                        ? full(random)
                        : random.one(
                                "{\"mode\":\"list\"}",
                                hasTime && lake.next() > 0 ? range(random) : "{\"mode\":\"list\"}",
                                hasTime ? timed : "{\"mode\":\"list\"}",
                                "{\"mode\":\"list\",\"maxAttempts\":%d}".formatted(Attempts.MAX),
                                tellsEvents ? "{\"mode\":\"events\"}" : "{\"mode\":\"list\"}",
                                tellsEvents ? "{\"mode\":\"events\"}" : "{\"mode\":\"list\"}",
                                full(random),
                                registersAhead ? calendar(random) : full(random),
                                named));
        if (countsGaps && random.chance(0.15)) {
            spec.withObjectProperty("detection").remove("gaps");
        }
        if (random.chance(0.4)) {
            spec.put("onEmpty", random.one("skip", "register"));
        }
        if (random.chance(0.5)) {
            spec.put("onNewColumns", "append");
        }
        if (makes && random.chance(0.1)) {
            spec.put("takesOver", HistoryWorld.DATABASE + "." + CompetingTable.TABLE);
        }
        return random.chance(0.2) ? spec.put("onPartial", "succeed") : spec;
    }

    /** Looks at the partitions between two moments. */
    private String range(SeededRandom random) {
        int first = random.below(lake.next());
        int last = random.between(first, lake.next());
        return "{\"mode\":\"range\",\"from\":\"%s\",\"to\":\"%s\"%s}"
                .formatted(
                        lake.layout().moment(first).orElseThrow(),
                        lake.layout().moment(last).orElseThrow().plusHours(1),
                        random.one("", ",\"lateData\":true"));
    }

    /** Registers the periods between two moments, some possibly without data. */
    private String calendar(SeededRandom random) {
        int first = random.below(lake.next() + 1);
        int last = random.between(first, lake.next() + HistoryWorld.AHEAD - 1);
        return "{\"mode\":\"calendar\",\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(
                        lake.layout().moment(first).orElseThrow(),
                        lake.layout().moment(last).orElseThrow().plusHours(1));
    }

    /** Looks at the whole table, with an action for vanished data. */
    private static String full(SeededRandom random) {
        return "{\"mode\":\"full\"%s%s}"
                .formatted(
                        random.one("", ",\"lateData\":true"),
                        random.one(
                                "",
                                ",\"vanished\":\"report\"",
                                ",\"vanished\":\"ignore\"",
                                DEREGISTER,
                                DEREGISTER,
                                DEREGISTER + FORCE,
                                DEREGISTER + FORCE));
    }

    /** Looks for all vanished data, and takes back a folder that another table may have taken over. */
    ObjectNode sweep(boolean deregisters) {
        ObjectNode spec = detecting("{\"mode\":\"full\"%s}".formatted(deregisters ? DEREGISTER + FORCE : ""));
        return makes ? spec.put("takesOver", HistoryWorld.DATABASE + "." + CompetingTable.TABLE) : spec;
    }

    /** Waives a partition, for ever or for a while. */
    ObjectNode waive(SeededRandom random, List<String> partition, Instant now) {
        ObjectNode input = named();
        ObjectNode waive =
                input.putArray("waive").addObject().put("reason", "lost").put("by", "operator");
        waive.set("partition", Json.documents().valueToTree(partition));
        if (random.chance(0.5)) {
            waive.put("until", now.plusSeconds(random.one(60, 600)).toString());
        }
        return input;
    }

    /** Removes waivers of partitions. */
    ObjectNode unwaive(List<List<String>> partitions) {
        return named().set("unwaive", Json.documents().valueToTree(partitions));
    }

    private static ObjectNode named() {
        return Json.documents()
                .createObjectNode()
                .put("database", HistoryWorld.DATABASE)
                .put("table", HistoryWorld.TABLE);
    }

    /** Names all partitions that have data. */
    ObjectNode all() {
        List<List<String>> values = lake.partitions().stream()
                .filter(lake::hasData)
                .map(lake.layout()::values)
                .toList();
        ObjectNode spec = detecting("{\"mode\":\"partitions\",\"partitions\":" + Json.text(values) + "}");
        return spec.put("takesOver", HistoryWorld.DATABASE + "." + CompetingTable.TABLE);
    }

    /** Names a partition, sometimes one that does not exist. */
    private String named(SeededRandom random) {
        int most = lake.next() + (mayNameAbsent && random.chance(0.3) ? ABSENT : 0);
        boolean isAllThere = mayNameAbsent || lake.gaps().isEmpty();
        return most == 0 || !isAllThere
                ? "{\"mode\":\"list\"}"
                : "{\"mode\":\"partitions\",\"partitions\":["
                        + Json.text(lake.layout().values(random.below(most))) + "]}";
    }

    private ObjectNode detecting(String detection) {
        ObjectNode detects = read(detection);
        String mode = detects.path("mode").asText();
        if (countsGaps && SCANS.contains(mode)) {
            detects.put("gaps", "outstanding");
        }
        if (!mode.equals("partitions")) {
            readiness.state(detects);
        }
        return read(table)
                .put("layout", lake.layoutOfTable().layout())
                .put("location", LakeBuckets.uri(lake.folder()))
                .set("detection", detects);
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) Json.documents().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
