package io.fanin.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.cli.aws.Endpoint.Given;
import io.fanin.cli.console.CommandFailedException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The rule of whom the commands talk to. */
class EndpointTest {

    private static final Given NOTHING = given(Optional.empty(), false);

    @Test
    void inTheRepositoryItIsLocalStackOnThisMachine() {
        Endpoint chosen = inRepository(NOTHING, Map.of());

        assertThat(chosen.url()).contains(URI.create("http://localhost:4566"));
        assertThat(chosen.region()).contains("us-east-1");
        assertThat(chosen.isAws()).isFalse();
    }

    @Test
    void credentialsAloneDoNotLeadToAws() {
        Endpoint chosen = inRepository(
                NOTHING,
                Map.of("AWS_PROFILE", "production", "AWS_ACCESS_KEY_ID", "AKIA", "AWS_REGION", "eu-central-1"));

        assertThat(chosen.url()).contains(URI.create("http://localhost:4566"));
        assertThat(chosen.region()).contains("us-east-1");
        assertThat(chosen.profile()).isEmpty();
        assertThat(chosen.keys().orElseThrow().id()).isEqualTo("test");
    }

    @Test
    void endpointOfTheEnvironmentIsTakenWithItsCredentials() {
        Endpoint chosen = inRepository(
                NOTHING,
                Map.of(
                        "AWS_ENDPOINT_URL", "http://localhost:4599/",
                        "AWS_ACCESS_KEY_ID", "AKIA",
                        "AWS_SECRET_ACCESS_KEY", "secret"));

        assertThat(chosen.url()).contains(URI.create("http://localhost:4599"));
        assertThat(chosen.keys().orElseThrow().secret()).isEqualTo("secret");
    }

    @Test
    void portIsLocalStacks() {
        Given port = new Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(4599), false);

        assertThat(inRepository(port, Map.of("AWS_ENDPOINT_URL", "http://localhost:1"))
                        .url())
                .contains(URI.create("http://localhost:4599"));
    }

    @Test
    void awsIsTakenOnlyWhenAskedFor() {
        assertThat(inRepository(given(Optional.empty(), true), Map.of()).isAws())
                .isTrue();
    }

    @Test
    void awsAndAnEndpointContradictEachOther() {
        assertThatThrownBy(() -> inRepository(
                        given(Optional.empty(), true), Map.of("AWS_ENDPOINT_URL", "http://localhost:4599")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("http://localhost:4599");
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
    void whatIsNoUrlIsRefused() {
        assertThatThrownBy(() -> inRepository(given(Optional.of("localhost"), false), Map.of()))
                .hasMessageContaining("'localhost' is not the URL");
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
