package io.fanin.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.core.type.TypeReference;
import io.fanin.cli.aws.Endpoint.AccessKeys;
import io.fanin.cli.aws.Endpoint.Given;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule that determines the endpoint of commands. */
class EndpointTest {

    private static final Given NOTHING = given(Optional.empty(), false);

    /** A case of the rule, shared with the scripts that run before this program; empty fields are ignored. */
    record Case(
            String name,
            Map<String, String> environment,
            boolean aws,
            Optional<URI> url,
            Optional<String> region,
            List<String> keys,
            Optional<String> error) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Case> cases() throws IOException {
        try (InputStream content = EndpointTest.class.getResourceAsStream("/endpoints.json")) {
            return Json.documents()
                    .copy()
                    .setDefaultSetterInfo(JsonSetter.Value.empty())
                    .readValue(content, new TypeReference<>() {});
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inTheRepositoryItIsLocalStackUnlessAnotherIsNamed(Case rule) {
        Given given = given(Optional.empty(), rule.aws());
        if (rule.error().isPresent()) {
            assertThatThrownBy(() -> inRepository(given, rule.environment()))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessage(rule.error().get());
            return;
        }
        Endpoint chosen = inRepository(given, rule.environment());

        assertThat(chosen.url()).isEqualTo(rule.url());
        assertThat(chosen.profile()).isEmpty();
        if (!rule.aws()) {
            assertThat(chosen.region()).isEqualTo(rule.region());
            AccessKeys keys = chosen.keys().orElseThrow();
            assertThat(rule.keys())
                    .containsExactly(keys.id(), keys.secret(), keys.token().orElse(null));
        }
    }

    @Test
    void commandsOfTheAwsCliReachTheSameEndpoint() {
        Given aws =
                new Given(Optional.empty(), Optional.of("eu-west-1"), Optional.of("my team"), Optional.empty(), true);
        String[] words = {"glue", "get-table", "--name", "a b"};

        assertThat(Endpoint.installed(aws, name -> Optional.empty()).awsCommand(words))
                .isEqualTo("aws glue get-table --name 'a b' --region eu-west-1 --profile 'my team'");
        assertThat(inRepository(NOTHING, Map.of()).awsCommand(words))
                .isEqualTo("AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test aws glue get-table --name 'a b'"
                        + " --endpoint-url http://localhost:4566 --region us-east-1");
    }

    @Test
    void portIsLocalStacks() {
        Given port = new Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(4599), false);

        assertThat(inRepository(port, Map.of("AWS_ENDPOINT_URL", "http://localhost:1"))
                        .url())
                .contains(URI.create("http://localhost:4599"));
    }

    @Test
    void awsAndAnEndpointContradictEachOther() {
        assertThatThrownBy(() -> given(Optional.of("http://localhost:4599"), true))
                .isInstanceOf(CommandFailedException.class);
    }

    @Test
    void installedItBehavesAsTheAwsCommandDoes() {
        Endpoint chosen = Endpoint.installed(NOTHING, variables(Map.of("AWS_DEFAULT_REGION", "eu-west-1")));

        assertThat(chosen)
                .isEqualTo(
                        new Endpoint(Optional.empty(), Optional.of("eu-west-1"), Optional.empty(), Optional.empty()));
        assertThat(Endpoint.installed(NOTHING, variables(Map.of("AWS_ENDPOINT_URL", "http://other:1")))
                        .url())
                .contains(URI.create("http://other:1"));
    }

    @Test
    void installedProgramNeedsNoCredentialsForLocalStack() {
        Given port = new Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(4599), false);

        Endpoint chosen = Endpoint.installed(port, variables(Map.of()));

        assertThat(chosen.url()).contains(URI.create("http://localhost:4599"));
        assertThat(chosen.region()).contains("us-east-1");
        assertThat(chosen.keys()).isPresent();
        Endpoint own =
                Endpoint.installed(port, variables(Map.of("AWS_ACCESS_KEY_ID", "mine", "AWS_REGION", "eu-west-1")));
        assertThat(own.keys()).as("the default chain finds them").isEmpty();
        assertThat(own.region()).contains("eu-west-1");
    }

    @Test
    void installedAwsAndAnotherEndpointContradictEachOtherToo() {
        Given isAws = given(Optional.empty(), true);

        assertThatThrownBy(
                        () -> Endpoint.installed(isAws, variables(Map.of("AWS_ENDPOINT_URL", "http://localhost:4566"))))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("AWS was asked for, and AWS_ENDPOINT_URL is http://localhost:4566");
        assertThat(Endpoint.installed(isAws, name -> Optional.empty()).isAws()).isTrue();
    }

    @Test
    void profileIsNotIgnoredForLocalStack() {
        Given prod = new Given(Optional.empty(), Optional.empty(), Optional.of("prod"), Optional.empty(), false);

        assertThatThrownBy(() -> inRepository(prod, Map.of()))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("LocalStack has no profiles, and prod was named");
        assertThat(inRepository(prod, Map.of("AWS_ENDPOINT_URL", "http://localhost:1"))
                        .profile())
                .contains("prod");
    }

    @Test
    void whatIsNoUrlIsRefused() {
        assertThatThrownBy(() -> inRepository(given(Optional.of("localhost"), false), Map.of()))
                .hasMessageContaining("'localhost' is not the URL");
    }

    @Test
    void whatIsNoPortIsRefused() {
        for (int port : new int[] {-1, 0, 65_536}) {
            assertThatThrownBy(() ->
                            new Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(port), false))
                    .hasMessage("'" + port + "' is no port: a number from 1 to 65535");
        }
    }

    private static Given given(Optional<String> url, boolean isAws) {
        return new Given(url, Optional.empty(), Optional.empty(), Optional.empty(), isAws);
    }

    private static Endpoint inRepository(Given given, Map<String, String> environment) {
        return Endpoint.inRepository(given, variables(environment));
    }

    private static Function<String, Optional<String>> variables(Map<String, String> environment) {
        return name -> Optional.ofNullable(environment.get(name));
    }
}
