package io.fanin.tablecreator.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Receipt;
import io.fanin.model.text.LogSafe;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The receipts of a pass by batch, and the failures for those that are missing or invalid. */
public final class Receipts {

    private static final String WHAT_TO_DO =
            "; its child execution in the Map run shows what became of it, and a redrive processes the batch again";

    /** The maximum length of an invalid receipt in a message: enough to recognise it, too little for a stack trace. */
    private static final int SHOWN = 200;

    private static final int SHOWN_OF_A_TEXT = 40;

    private final JsonNode given;
    private final Map<Integer, Receipt> byBatch = new TreeMap<>();

    private Receipts(JsonNode given) {
        this.given = given;
        given.forEach(node -> Receipt.read(node).ifPresent(receipt -> byBatch.put(receipt.batch(), receipt)));
    }

    /**
     * Reads the receipts; invalid ones count as missing.
     *
     * @param json an array of them, as the Map returned it; {@code null} for none
     */
    public static Receipts read(JsonNode json) {
        return new Receipts(json == null ? MissingNode.getInstance() : json);
    }

    Optional<Receipt> of(int batch) {
        return Optional.ofNullable(byBatch.get(batch));
    }

    /** The batches with a receipt that are not in the manifest. */
    public Set<Integer> without(Set<Integer> manifest) {
        Set<Integer> others = new TreeSet<>(byBatch.keySet());
        others.removeAll(manifest);
        return others;
    }

    /**
     * The failure of a batch without a receipt. A Map returns one for each item, in the order of the manifest, which
     * numbers them, unless it leaves out the items that have failed: then another batch's is at its place.
     */
    Failure missing(int batch) {
        JsonNode came = given.isArray() ? given.path(batch) : given;
        if (Receipt.read(came).isPresent()) {
            came = MissingNode.getInstance();
        }
        if (came.isNull() || came.isMissingNode()) {
            return new Failure(
                    FailureCode.NO_RECEIPT,
                    "the processor gave no answer for batch " + batch + " (expected its receipt, got " + shown(came)
                            + "): its execution in the Map failed without being caught, or was stopped" + WHAT_TO_DO);
        }
        return new Failure(
                FailureCode.UNREADABLE_RECEIPT,
                "the receipt of batch " + batch + " was not understood: expected {\"batch\":" + batch
                        + "} with the numbers \"ok\" and \"failed\" or the text \"error\", got " + shown(came)
                        + WHAT_TO_DO);
    }

    private static String shown(JsonNode came) {
        if (came.isMissingNode()) {
            return "nothing";
        }
        if (!came.isObject()) {
            return value(came);
        }
        return LogSafe.beginning(
                came.properties().stream()
                        .map(field -> '"' + field.getKey() + "\":" + value(field.getValue()))
                        .collect(Collectors.joining(",", "{", "}")),
                SHOWN);
    }

    private static String value(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> value.isEmpty() ? "[]" : "[...]";
            case OBJECT -> value.isEmpty() ? "{}" : "{...}";
            default -> LogSafe.beginning(value.toString(), SHOWN_OF_A_TEXT);
        };
    }
}
