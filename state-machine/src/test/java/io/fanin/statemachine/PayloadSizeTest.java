package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import io.fanin.core.run.Receipt;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A state holds 256 KiB at most, and all receipts of a pass come together in one. */
class PayloadSizeTest {

    private static final int STATE = 256 * 1024;
    private static final int BATCHES = 2_500;
    private static final int LAST_BATCH = BATCHES - 1;

    /** What the state holds beside the receipts: references, counts, a sample of what was skipped. */
    private static final int REST = 16 * 1024;

    private static final int RECEIPT = (STATE - REST) / BATCHES - ",".length();

    @Test
    void aReceiptIsSmall() {
        assertThat(size(Json.documents().valueToTree(new Receipt.Processed(LAST_BATCH, 1_000, 1_000))))
                .isLessThanOrEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lambda.ClientExecutionTimeoutException",
                "Lambda.SubnetIPAddressLimitReachedException",
                "Lambda.SnapStartRegenerationFailureException",
                "software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException"
            })
    void everyBatchMayFailWithTheLongestNamesThereAre(String error) {
        assertThat(size(recorded(LAST_BATCH, error))).isLessThanOrEqualTo(RECEIPT);
    }

    @Test
    void aRecordedFailureIsAReceipt() {
        assertThat(Receipt.read(recorded(17, "Sandbox.Timedout"))).contains(new Receipt.Lost(17, "Sandbox.Timedout"));
    }

    /** What the Pass state makes of a caught failure. */
    private static JsonNode recorded(int batch, String error) {
        Workflow iteration = Definition.committed().workflow().inner("Fan out over partitions");
        ObjectNode input = Json.documents().createObjectNode();
        input.putObject("batch").put("id", batch);
        input.putObject("error").put("Error", error).put("Cause", "a long text that must not be kept");
        ObjectNode receipt = Json.documents().createObjectNode();
        iteration.state("Record failure").get("Parameters").properties().forEach(parameter -> {
            String pointer = parameter.getValue().textValue().substring(1).replace('.', '/');
            receipt.set(parameter.getKey().replace(".$", ""), input.at(pointer));
        });
        return receipt;
    }

    private static int size(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
