package io.fanin.fakes;

import static io.fanin.fakes.GlueRequest.strings;

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

    /** <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html">GetPartitions</a>. */
    private static final int MAX_RESULTS = 1000;

    private static final int MAX_SEGMENTS = 10;
    private static final int MAX_EXPRESSION = 2048;

    private static final char SEPARATOR = '\0';

    private final GlueCatalog catalog;
    private final Clock clock;
    private int scanLimit = Integer.MAX_VALUE;

    GluePartitions(GlueCatalog catalog, Clock clock) {
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
                "UpdatePartition", this::updatePartition,
                "DeletePartition", this::deletePartition);
    }

    GlueTable table(GlueRequest request) {
        return catalog.table(request.text("DatabaseName"), request.text("TableName"));
    }

    private ObjectNode getPartitions(GlueRequest request) {
        GlueTable table = table(request);
        Segment segment = Segment.of(request);
        GlueExpression expression = expression(request, table);
        int size = request.number("MaxResults", 1, MAX_RESULTS);
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
        List<String> values = strings(request.body().path("PartitionValues"));
        return JsonNodeFactory.instance.objectNode().set("Partition", require(table(request), values));
    }

    private ObjectNode updatePartition(GlueRequest request) {
        List<String> values = strings(request.body().path("PartitionValueList"));
        PartitionInput input = PartitionInput.of(table(request), request.object("PartitionInput"));
        replace(table(request), values, input);
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode deletePartition(GlueRequest request) {
        delete(table(request), strings(request.body().path("PartitionValues")));
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

    private static GlueExpression expression(GlueRequest request, GlueTable table) {
        String expression = request.optional("Expression").orElse("");
        if (expression.length() > MAX_EXPRESSION) {
            throw GlueRequest.violates("expression", "have length less than or equal to " + MAX_EXPRESSION);
        }
        return expression.isBlank() ? values -> true : GlueExpression.parse(expression, table.keys());
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
            if (total < 1 || total > MAX_SEGMENTS) {
                throw GlueRequest.violates("segment.totalSegments", "be between 1 and " + MAX_SEGMENTS);
            }
            if (number < 0 || number >= total) {
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
