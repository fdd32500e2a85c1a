package io.fanin.tablecreator.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.alltables.TableItem;
import io.fanin.model.json.Json;
import java.util.Optional;

/**
 * The few bytes that an iteration of the Map over tables returns.
 *
 * @param index of the {@link TableItem}
 * @param error the name under which Step Functions caught a failure; empty if it caught none
 */
public record TableReceipt(Integer index, End end, Optional<String> error) {

    /** How the table's execution ended, as far as the machine tells. */
    public enum End {
        COMPLETE,
        NOTHING_NEW,
        BUSY,
        /** It has to be looked at. */
        LOOK,
        /** It failed, was stopped, or could not be started. */
        FAILED
    }

    /** Reads a receipt; empty when it is {@code null} or not understood, as an uncaught failure leaves it. */
    public static Optional<TableReceipt> find(JsonNode json) {
        try {
            return Optional.ofNullable(Json.documents().treeToValue(json, TableReceipt.class))
                    .filter(receipt -> receipt.index != null && receipt.end != null);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
