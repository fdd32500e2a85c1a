package io.fanin.core.run.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.NullNode;
import io.fanin.model.json.Json;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

    @Test
    void processedBatchIsReadAsWritten() throws JsonProcessingException {
        Receipt receipt = new Receipt.Processed(17, 1, 0);

        assertThat(Json.text(receipt)).isEqualTo("{\"batch\":17,\"ok\":1,\"failed\":0}");
        assertThat(read(Json.text(receipt))).hasValue(receipt);
    }

    @Test
    void lostBatchIsReadAsTheStateMachineWritesIt() throws JsonProcessingException {
        Receipt receipt = new Receipt.Lost(17, "Sandbox.Timedout");

        assertThat(read("{\"batch\":17,\"error\":\"Sandbox.Timedout\"}")).hasValue(receipt);
        assertThat(read(Json.text(receipt))).hasValue(receipt);
    }

    /** 2,500 of them have to fit into the 256 KiB of a state. */
    @Test
    void largestReceiptHasAtMost60Bytes() {
        Receipt largest = new Receipt.Processed(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

        assertThat(Json.text(largest).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "[]",
                "\"batch\"",
                "17",
                "{\"batch\":\"17\",\"ok\":1,\"failed\":0}",
                "{\"batch\":17}",
                "{\"batch\":null,\"ok\":1,\"failed\":0}",
                "{\"batch\":1.5,\"ok\":1,\"failed\":0}",
                "{\"batch\":17,\"ok\":1}",
                "{\"batch\":17,\"failed\":0}",
                "{\"batch\":17,\"ok\":true,\"failed\":false}",
                "{\"batch\":17,\"error\":null}",
                "{\"batch\":99999999999,\"ok\":1,\"failed\":0}",
                "{\"ok\":1,\"failed\":0}",
                "{\"error\":\"Sandbox.Timedout\"}",
                "{\"errorMessage\":\"x\",\"errorType\":\"Runtime.ExitError\"}",
            })
    void whatIsNotUnderstoodIsNoReceipt(String json) throws JsonProcessingException {
        assertThat(read(json)).isEmpty();
    }

    @Test
    void nothingIsNoReceipt() {
        assertThat(Receipt.read(null)).isEmpty();
        assertThat(Receipt.read(NullNode.getInstance())).isEmpty();
    }

    @Test
    void receiptCountsWhatTheResultHolds() {
        BatchResult result = new BatchResult(3, List.of(Runs.processed(1), Runs.failed(2), Runs.processed(3)));

        assertThat(result.receipt()).isEqualTo(new Receipt.Processed(3, 2, 1));
    }

    private static Optional<Receipt> read(String json) throws JsonProcessingException {
        return Receipt.read(Json.documents().readTree(json));
    }
}
