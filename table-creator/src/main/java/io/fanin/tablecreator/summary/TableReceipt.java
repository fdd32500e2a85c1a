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
 * @param error the name of the failure that Step Functions caught; empty if it caught none
 */
public record TableReceipt(Integer index, End end, Optional<String> error) {

    /** The end of the table's execution, as far as the state machine can tell. */
    public enum End {
        COMPLETE,
        NOTHING_NEW,
        BUSY,
        /** Not known: the table's outcome has to be read. */
        LOOK,
        /** It failed, was stopped, or could not be started. */
        FAILED
    }

    /** Reads a receipt; empty if it is {@code null} or not a receipt, as after an uncaught failure. */
    static Optional<TableReceipt> find(JsonNode json) {
        try {
            return Optional.ofNullable(Json.documents().treeToValue(json, TableReceipt.class))
                    .filter(receipt -> receipt.index != null && receipt.end != null);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
