package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.statemachine.Repository;
import io.fanin.statemachine.it.Script.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The steps that {@code fanin init --cut-over} prints, executed with the repository's tools.
 *
 * @param folder the folder in which they are executed
 */
record Runbook(EmulatorClients clients, String printed, Path folder) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    static Runbook of(Pipeline pipeline, TestLake.Table table, Path folder) {
        Ended ended = Script.end(
                "fanin",
                List.of("init", table.toString(), "--cut-over", "--stack", Stack.NAME),
                environment(pipeline.clients()),
                LIMIT);
        assertThat(ended.code()).as(ended.printed()).isZero();
        return new Runbook(pipeline.clients(), ended.printed(), folder);
    }

    /** Runs all commands of a part. */
    void does(String part) {
        Ended ended = run(commands(part));
        assertThat(ended.code())
                .as(part + "\n" + printed + "\n" + ended.printed())
                .isZero();
    }

    /** Runs a command of the AWS CLI. */
    void aws(String command) {
        Ended ended = run("aws " + command + " --endpoint-url " + clients.endpoint());
        assertThat(ended.code()).as(ended.printed()).isZero();
    }

    private Ended run(String script) {
        return Script.end(List.of("sh", "-e", "-c", script), folder, environment(clients), LIMIT);
    }

    private String commands(String part) {
        return printed.lines()
                .dropWhile(line -> !line.startsWith("## " + part))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> environment(EmulatorClients clients) {
        return Map.of(
                "AWS_ENDPOINT_URL",
                clients.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                EmulatorClients.KEY,
                "AWS_SECRET_ACCESS_KEY",
                EmulatorClients.KEY,
                "AWS_DEFAULT_REGION",
                EmulatorClients.REGION.id(),
                "PATH",
                Repository.ROOT.resolve(".local/bin").toAbsolutePath() + ":" + System.getenv("PATH"));
    }
}
