package io.fanin.tablecreator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.run.Receipt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The receipts of a pass by batch. What is not understood is no receipt. */
final class Receipts {

    private final Map<Integer, Receipt> byBatch = new HashMap<>();

    private Receipts() {}

    static Receipts read(JsonNode json) {
        Receipts receipts = new Receipts();
        if (json != null) {
            json.forEach(
                    node -> Receipt.read(node).ifPresent(receipt -> receipts.byBatch.put(receipt.batch(), receipt)));
        }
        return receipts;
    }

    Optional<Receipt> of(int batch) {
        return Optional.ofNullable(byBatch.get(batch));
    }
}
