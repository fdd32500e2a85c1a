package io.fanin.cli.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.core.parallel.Workers;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.pages.view.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import software.amazon.awssdk.core.exception.SdkException;

/** Serves the console on the loopback interface only. A few requests are handled in parallel. */
public final class ConsoleServer implements AutoCloseable {

    static final String ADDRESS = "127.0.0.1";

    private static final int PARALLEL = 8;
    private static final byte[] THIS_MACHINE = {127, 0, 0, 1};

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", Frame.POLICY + "; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            // With no-referrer, browsers would send "null" as the origin of the console's own forms.
            "Referrer-Policy", "same-origin",
            "Cache-Control", "no-store");

    private final HttpServer server;
    private final ExecutorService threads = Workers.THREADS.open(PARALLEL);
    private final RequestGuard guard;
    private final LivePages pages;
    private final FormActions buttons;
    private final LiveStack live;

    private ConsoleServer(HttpServer server, LiveStack live) {
        this.server = server;
        this.guard = RequestGuard.of(server.getAddress().getPort());
        this.pages = new LivePages(live, guard.token());
        this.buttons = new FormActions(live);
        this.live = live;
    }

    /**
     * Starts the server.
     *
     * @param port 0 for any that is free
     * @throws CommandFailedException if the port is in use
     */
    public static ConsoleServer start(int port, LiveStack live) {
        try {
            ConsoleServer console = new ConsoleServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(THIS_MACHINE), port), 0), live);
            console.server.setExecutor(console.threads);
            console.server.createContext("/", console::handle);
            console.server.start();
            return console;
        } catch (BindException e) {
            throw new CommandFailedException(
                    whyNot(port, e), "name another port: --listen=PORT, or 0 for any that is free");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ports below 1024 may need the rights of an administrator. */
    public static String whyNot(int port, BindException e) {
        String reason = String.valueOf(e.getMessage());
        return reason.contains("in use")
                ? "something else listens on port " + port + " of " + ADDRESS
                : "the console cannot listen on port " + port + " of " + ADDRESS + ": " + reason;
    }

    /** The console's address. */
    public URI uri() {
        return URI.create("http://" + ADDRESS + ":" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            HEADERS.forEach(exchange.getResponseHeaders()::set);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), hasBody ? body.length : -1);
            if (hasBody) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Answers a request; a failure is shown on a page, without a stack trace. */
    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            guard.requireOwnHost(exchange.getRequestHeaders());
            guard.requireNotEmbedded(exchange.getRequestHeaders());
            String path = exchange.getRequestURI().getRawPath();
            return switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> page(path).orElseThrow(() -> RefusedException.notFound("there is no such page"));
                case "POST" -> posted(exchange, path);
                default -> pages.refusal(405, "expected GET or POST").with("Allow", "GET, HEAD, POST");
            };
        } catch (RefusedException e) {
            return pages.refusal(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            boolean isOfRequest = e instanceof CommandFailedException && !(e.getCause() instanceof SdkException);
            return refusal(isOfRequest ? 400 : 502, live.explained().apply(e));
        }
    }

    private Answer refusal(int status, CommandFailedException failure) {
        return pages.refusal(
                status,
                failure.getMessage() + failure.hint().map(hint -> "\n" + hint).orElse(""));
    }

    private Answer posted(HttpExchange exchange, String path) throws IOException {
        FormFields form = FormFields.read(exchange.getRequestBody());
        guard.requireOwnForm(exchange.getRequestHeaders(), form);
        return pressed(path, form).orElseThrow(() -> RefusedException.notFound("there is no such button"));
    }

    private Optional<Answer> page(String path) {
        if (path.equals("/")) {
            return Optional.of(Answer.found(ConsoleUrls.TABLES));
        }
        if (path.equals(ConsoleUrls.TABLES)) {
            return Optional.of(pages.tables());
        }
        Optional<TableName> table = ConsoleUrls.table(path);
        return table.isPresent()
                ? page(path, table.get())
                : ConsoleUrls.run(path).flatMap(run -> page(path, run));
    }

    private Optional<Answer> page(String path, TableName table) {
        String page = ConsoleUrls.page(table);
        if (path.equals(page)) {
            return Optional.of(pages.table(table));
        }
        return ConsoleUrls.name(path, ConsoleUrls.of(table)).isEmpty()
                ? Optional.of(Answer.found(page))
                : Optional.empty();
    }

    private Optional<Answer> page(String path, RunId run) {
        String page = ConsoleUrls.page(run);
        if (path.equals(page)) {
            return Optional.of(pages.run(run));
        }
        if (path.equals(ConsoleUrls.report(run))) {
            return Optional.of(pages.report(run));
        }
        return ConsoleUrls.name(path, ConsoleUrls.of(run)).isEmpty()
                ? Optional.of(Answer.found(page))
                : Optional.empty();
    }

    private Optional<Answer> pressed(String path, FormFields form) {
        Optional<TableName> table = ConsoleUrls.table(path);
        return table.isPresent()
                ? pressed(ConsoleUrls.name(path, ConsoleUrls.of(table.get())), table.get(), form)
                : ConsoleUrls.run(path)
                        .filter(run ->
                                ConsoleUrls.name(path, ConsoleUrls.of(run)).equals(FormActions.REDRIVE))
                        .map(buttons::redrive);
    }

    private Optional<Answer> pressed(String button, TableName table, FormFields form) {
        return switch (button) {
            case FormActions.RUN -> Optional.of(buttons.run(table));
            case FormActions.PLAN -> Optional.of(buttons.plan(table));
            case FormActions.WAIVE -> Optional.of(buttons.waive(table, form));
            default -> Optional.empty();
        };
    }
}
