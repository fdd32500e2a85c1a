package io.fanin.statemachine.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** A server on this machine that receives requests of one of the stack's API destinations until it is closed. */
final class Receiver implements AutoCloseable {

    private static final int NO_CONTENT = 204;

    /** A received request. */
    record Post(Headers headers, JsonNode body) {}

    private final EventBridgeClient events;
    private final String destination;
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** @param destination the name of the API destination, without the stack's before it */
    Receiver(EventBridgeClient events, String destination, String path) {
        this.events = events;
        this.destination = destination;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            posts.add(new Post(exchange.getRequestHeaders(), Json.documents().readTree(exchange.getRequestBody())));
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
        });
        server.start();
        lead("http://localhost:" + server.getAddress().getPort() + path);
    }

    /** Waits for this many requests about a table, and returns them. */
    List<Post> about(TestLake.Table table, int count) {
        Polling.await(count + " posts about " + table, () -> about(table).size() >= count);
        return about(table);
    }

    private List<Post> about(TestLake.Table table) {
        return posts.stream()
                .filter(post -> post.body().toString().contains(table.toString()))
                .toList();
    }

    private void lead(String url) {
        String name = events.listApiDestinations(request -> {}).apiDestinations().stream()
                .map(one -> one.name())
                .filter(any -> any.endsWith("-" + destination))
                .findFirst()
                .orElseThrow();
        events.updateApiDestination(request -> request.name(name).invocationEndpoint(url));
    }

    @Override
    public void close() {
        lead(Stack.NOBODY);
        server.stop(0);
    }
}
