package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** From a partition that fails to the card that a webhook is sent: the bus, the stack's rule, and its API destination. */
@ExtendWith(Platform.class)
class WebhookIT {

    private static final int NO_CONTENT = 204;

    private final Pipeline pipeline;
    private final EventBridgeClient events;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private HttpServer webhook;

    WebhookIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.events = pipeline.clients().events();
    }

    @BeforeEach
    void aWebhookOfThisMachine() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/hook", exchange -> {
            received.add(Json.documents().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
        });
        webhook.start();
        lead("http://localhost:" + webhook.getAddress().getPort() + "/hook?sig=a%2Fb");
    }

    @AfterEach
    void nobodyListens() {
        lead(Stack.NOBODY);
        webhook.stop(0);
    }

    @Test
    void aPartialTableIsACardAndThatItIsHealed() {
        TestLake.Table table = pipeline.newTable();
        String hour = TestLake.Table.hour(1) + "part-0.json.gz";
        table.withHours(2).with(hour, Content.truncatedJsonGz());

        Finished partial = pipeline.run(table.spec());

        assertThat(cards(table, 1).getFirst().findValuesAsText("text"))
                .anyMatch(text -> text.equals("Table " + table + " is partial"))
                .anyMatch(text -> text.contains("dt=2013-02-08/hour=01"))
                .anyMatch(text -> text.startsWith("fanin redrive " + partial.name()));
        table.with(hour, Content.jsonGz());
        pipeline.redriveOf(partial);
        assertThat(cards(table, 2).getLast().toString()).contains("Table " + table + " is complete");
    }

    private List<JsonNode> cards(TestLake.Table table, int count) {
        Polling.await(count + " cards about " + table, () -> about(table).size() >= count);
        return about(table);
    }

    private List<JsonNode> about(TestLake.Table table) {
        return received.stream()
                .filter(card -> card.toString().contains(table.toString()))
                .toList();
    }

    private void lead(String url) {
        String name = events.listApiDestinations(request -> {}).apiDestinations().stream()
                .map(destination -> destination.name())
                .filter(any -> any.contains("WebhookDestination"))
                .findFirst()
                .orElseThrow();
        events.updateApiDestination(request -> request.name(name).invocationEndpoint(url));
    }
}
