package io.fanin.fakes;

import static io.fanin.fakes.GlueRequest.strings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A PartitionInput whose values and location have lengths that Glue accepts; the number of values is checked later. */
record PartitionInput(List<String> values, ObjectNode node) {

    static PartitionInput of(JsonNode input) {
        int most = GlueLimits.of("locationLength");
        if (input.path("StorageDescriptor").path("Location").asText().length() > most) {
            throw GlueRequest.violates(
                    "partitionInput.storageDescriptor.location", "have length less than or equal to " + most);
        }
        return new PartitionInput(values(input.path("Values")), input.deepCopy());
    }

    /** The values that name a partition. One that is out of bounds has the request refused, whatever the table is. */
    static List<String> values(JsonNode array) {
        List<String> values = strings(array);
        int most = GlueLimits.of("valueLength");
        for (String value : values) {
            if (value.isEmpty() || value.length() > most) {
                throw GlueRequest.violates(
                        "values",
                        "satisfy constraint: [Member must have length less than or equal to " + most
                                + ", Member must have length greater than or equal to 1]");
            }
        }
        return values;
    }

    void requireFit(GlueTable table) {
        if (values.size() != table.keys().size()) {
            throw GlueRequest.invalid("The number of partition keys do not match the number of partition values: "
                    + table.keys().size() + " keys, " + values.size() + " values");
        }
    }
}
