package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures of this machine and of the caller's credentials end in a sentence and a remedy. */
class FailuresTest {

    private final CliFixture cli = new CliFixture();

    @TempDir
    private Path folder;

    /** The JVM itself would exit with 1, which means that a table is partial. */
    @Test
    void lackOfMemoryIsAFailureWithItsRemedy() {
        cli.clients = endpoint -> {
            throw new OutOfMemoryError("Java heap space");
        };

        Done done = cli.run("status", "analytics.flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("error: Java has too little memory for this, at most ", "Java heap space")
                .contains("hint: let it have more, such as JAVA_TOOL_OPTIONS=-Xmx4g");
    }

    @Test
    void partOfTheProgramThatCannotBeLoadedIsNamed() {
        cli.clients = endpoint -> {
            throw new UnsatisfiedLinkError("libduckdb.so: no such file");
        };

        Done done = cli.run("status", "analytics.flights");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("cannot be loaded", "libduckdb.so: no such file", "hint: install it again");
    }

    @Test
    void folderThatIsAFileIsSaidToBeOne() throws IOException {
        PartialRun.in(cli, "x");
        Path file = Files.writeString(folder.resolve("pages"), "a file");

        Done done = cli.run("report", "analytics.flights", "--folder", file.toString());

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).startsWith("error: " + file).containsAnyOf("it is a file", "Not a directory");
    }

    @Test
    void pageIsNamedWhereThereIsNoBrowser() {
        PartialRun.in(cli, "x");
        cli.environment.put("BROWSER", folder.resolve("none").toString());

        Done done = cli.run("report", "analytics.flights", "--open", "--folder", folder.toString());

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.lines()).singleElement().asString().endsWith("index.html");
        assertThat(done.err()).contains("the browser could not be started");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ExpiredTokenException|the AWS credentials have expired|such as by aws sso login",
                "ExpiredToken|the AWS credentials have expired|such as by aws sso login",
                "UnrecognizedClientException|AWS does not know the credentials|name a profile with --profile",
            })
    void credentialsThatAreNotTakenAreToldWithTheRemedy(String code, String problem, String remedy) {
        cli.stepFunctions.put(FakeStepFunctions.running("flights-1"));
        cli.stepFunctions.refuse("DescribeExecution", code, "The security token included in the request is", 400);

        Done done = cli.run("redrive", "flights-1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("error: " + problem, remedy).doesNotContain("Service:");

        cli.stepFunctions.refuse("StartExecution", code, "The security token included in the request is", 400);

        assertThat(cli.run("run", CliFixture.SPEC).err())
                .contains("was not started: The security token included", problem, remedy);
    }
}
