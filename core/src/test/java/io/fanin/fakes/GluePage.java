package io.fanin.fakes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.function.Function;

/** Pages of items sorted by name. */
final class GluePage {

    private GluePage() {}

    static String position(String token) {
        try {
            return ContinuationToken.read(token);
        } catch (IllegalArgumentException e) {
            throw GlueRequest.invalid("Invalid NextToken");
        }
    }

    static <T> ObjectNode of(
            GlueRequest request, String kind, NavigableMap<String, T> all, Function<T, ObjectNode> describe) {
        int size = request.number("MaxResults", 1, GlueLimits.of(kind.toLowerCase(Locale.ROOT) + "Page"));
        String after = request.optional("NextToken").map(GluePage::position).orElse("");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode page = answer.putArray(kind + "List");
        String last = after;
        for (Entry<String, T> entry : all.tailMap(after, false).entrySet()) {
            if (page.size() == size) {
                return answer.put("NextToken", ContinuationToken.write(last));
            }
            page.add(describe.apply(entry.getValue()));
            last = entry.getKey();
        }
        return answer;
    }
}
