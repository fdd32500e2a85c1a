package io.fanin.fakes;

import static io.fanin.fakes.GlueRequest.strings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A PartitionInput that Glue takes: as many values as the table has keys, each of 1 to 1024 characters. */
record PartitionInput(List<String> values, ObjectNode node) {

    /** <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_PartitionInput.html">PartitionInput</a>. */
    private static final int MAX_VALUE = 1024;

    static PartitionInput of(GlueTable table, JsonNode input) {
        List<String> values = strings(input.path("Values"));
        for (String value : values) {
            if (value.isEmpty() || value.length() > MAX_VALUE) {
                throw GlueRequest.violates(
                        "partitionInput.values",
                        "satisfy constraint: [Member must have length less than or equal to 1024, Member must have"
                                + " length greater than or equal to 1]");
            }
        }
        if (values.size() != table.keys().size()) {
            throw GlueRequest.invalid("The number of partition keys do not match the number of partition values: "
                    + table.keys().size() + " keys, " + values.size() + " values");
        }
        return new PartitionInput(values, input.deepCopy());
    }
}
