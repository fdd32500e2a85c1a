package io.fanin.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The operations on partitions one by one, and their listing. */
final class GluePartitions {

    private static final char SEPARATOR = '\0';

    private final FakeGlueCatalog catalog;
    private final Clock clock;
    private int scanLimit = Integer.MAX_VALUE;

    GluePartitions(FakeGlueCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    void scanAtMost(int partitions) {
        scanLimit = partitions;
    }

    Map<String, Function<GlueRequest, ObjectNode>> operations() {
        return Map.of(
                "GetPartitions", this::getPartitions,
                "GetPartition", this::getPartition,
                "CreatePartition", this::createPartition,
                "UpdatePartition", this::updatePartition,
                "DeletePartition", this::deletePartition);
    }

    GlueTable table(GlueRequest request) {
        return catalog.table(request.text("DatabaseName"), request.text("TableName"));
    }

    private ObjectNode getPartitions(GlueRequest request) {
        Segment segment = Segment.of(request);
        String filter = expression(request);
        int size = request.number("MaxResults", 1, GlueLimits.of("partitionPage"));
        GlueTable table = table(request);
        GlueExpression expression = filter.isBlank() ? values -> true : GlueExpression.parse(filter, table.keys());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode page = answer.putArray("Partitions");
        int scanned = 0;
        List<String> last = List.of();
        for (Iterator<List<String>> rest = rest(request, table); rest.hasNext(); ) {
            if (page.size() == size || scanned == scanLimit) {
                return answer.put("NextToken", ContinuationToken.write(String.join("" + SEPARATOR, last)));
            }
            scanned++;
            last = rest.next();
            if (segment.holds(last) && expression.accepts(last)) {
                ObjectNode partition = require(table, last);
                page.add(request.flag("ExcludeColumnSchema") ? withoutColumns(partition) : partition);
            }
        }
        return answer;
    }

    private ObjectNode getPartition(GlueRequest request) {
        List<String> values = PartitionInput.values(request.body().path("PartitionValues"));
        return JsonNodeFactory.instance.objectNode().set("Partition", require(table(request), values));
    }

    private ObjectNode createPartition(GlueRequest request) {
        PartitionInput input = PartitionInput.of(request.object("PartitionInput"));
        GlueTable table = table(request);
        input.requireFit(table);
        create(table, input);
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode updatePartition(GlueRequest request) {
        List<String> values = PartitionInput.values(request.body().path("PartitionValueList"));
        PartitionInput input = PartitionInput.of(request.object("PartitionInput"));
        GlueTable table = table(request);
        input.requireFit(table);
        replace(table, values, input);
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode deletePartition(GlueRequest request) {
        List<String> values = PartitionInput.values(request.body().path("PartitionValues"));
        delete(table(request), values);
        return JsonNodeFactory.instance.objectNode();
    }

    void create(GlueTable table, PartitionInput input) {
        if (table.partition(input.values()).isPresent()) {
            throw GlueRequest.alreadyExists("Partition already exists.");
        }
        table.put(input.values(), input.node(), clock.instant().getEpochSecond());
    }

    /** New values in the input move the partition. */
    void replace(GlueTable table, List<String> values, PartitionInput input) {
        ObjectNode old = require(table, values);
        if (!input.values().equals(values) && table.partition(input.values()).isPresent()) {
            throw GlueRequest.alreadyExists("Partition already exists.");
        }
        table.partitions().remove(values);
        table.put(input.values(), input.node(), old.path("CreationTime").asLong());
    }

    void delete(GlueTable table, List<String> values) {
        require(table, values);
        table.partitions().remove(values);
    }

    private static ObjectNode require(GlueTable table, List<String> values) {
        return table.partition(values).orElseThrow(() -> GlueRequest.entityNotFound("Cannot find partition."));
    }

    private static Iterator<List<String>> rest(GlueRequest request, GlueTable table) {
        Optional<String> position = request.optional("NextToken").map(GluePage::position);
        return position.map(last -> table.valuesAfter(List.of(last.split("" + SEPARATOR, -1))))
                .orElseGet(table::values);
    }

    private static String expression(GlueRequest request) {
        String expression = request.optional("Expression").orElse("");
        int most = GlueLimits.of("expressionLength");
        if (expression.length() > most) {
            throw GlueRequest.violates("expression", "have length less than or equal to " + most);
        }
        return expression;
    }

    private static JsonNode withoutColumns(ObjectNode partition) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode().setAll(partition);
        if (partition.get("StorageDescriptor") instanceof ObjectNode storage) {
            ObjectNode bare = JsonNodeFactory.instance.objectNode().setAll(storage);
            bare.remove("Columns");
            copy.set("StorageDescriptor", bare);
        }
        return copy;
    }

    /** One of several disjoint parts that are read side by side. */
    private record Segment(int number, int total) {

        static Segment of(GlueRequest request) {
            JsonNode segment = request.body().path("Segment");
            int total = segment.path("TotalSegments").asInt(1);
            int number = segment.path("SegmentNumber").asInt(0);
            int most = GlueLimits.of("segments");
            if (total < 1 || total > most) {
                throw GlueRequest.violates("segment.totalSegments", "be between 1 and " + most);
            }
            if (number < 0) {
                throw GlueRequest.violates("segment.segmentNumber", "have value greater than or equal to 0");
            }
            if (number >= total) {
                throw GlueRequest.invalid("SegmentNumber has to be below TotalSegments");
            }
            return new Segment(number, total);
        }

        boolean holds(List<String> values) {
            int spread = (values.hashCode() * 0x9E3779B9) >>> 8;
            return spread % total == number;
        }
    }
}
