package io.fanin.cli.aws;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.model.text.ShellWord;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The endpoint that a command uses. In the repository nothing reaches AWS unless requested; if the program is
 * installed, the SDK's default chains determine the endpoint.
 *
 * @param url of an emulator of AWS; empty for AWS
 * @param region empty for the default chain's
 * @param profile empty for the default chain's
 * @param keys empty for the default chain's credentials
 */
public record Endpoint(
        Optional<URI> url, Optional<String> region, Optional<String> profile, Optional<AccessKeys> keys) {

    /** LocalStack's default port. */
    public static final int DEFAULT_PORT = 4566;

    private static final int MAX_PORT = 65_535;
    private static final String ENDPOINT_URL = "AWS_ENDPOINT_URL";
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final AccessKeys LOCAL_KEYS = new AccessKeys("test", "test", Optional.empty());
    private static final String LOCAL_REGION = "us-east-1";

    public record AccessKeys(String id, String secret, Optional<String> token) {}

    /**
     * The options on the command line.
     *
     * @param isAws whether AWS was requested
     */
    public record Given(
            Optional<String> url,
            Optional<String> region,
            Optional<String> profile,
            Optional<Integer> port,
            boolean isAws) {

        public Given {
            if (Stream.of(url.isPresent(), port.isPresent(), isAws)
                            .filter(one -> one)
                            .count()
                    > 1) {
                throw new CommandFailedException("--endpoint-url, --port and --aws exclude each other");
            }
            port.filter(number -> number < 1 || number > MAX_PORT).ifPresent(number -> {
                throw new CommandFailedException("'" + number + "' is no port: a number from 1 to " + MAX_PORT);
            });
        }
    }

    /**
     * The endpoint of an installed program: chosen as by the AWS CLI. LocalStack on a given port needs neither region
     * nor credentials.
     */
    public static Endpoint installed(Given given, Function<String, Optional<String>> environment) {
        if (given.isAws()) {
            requireNoOther(environment);
        }
        Optional<String> local = given.port().map(port -> "http://localhost:" + port);
        boolean lacksKeys = local.isPresent()
                && given.profile().isEmpty()
                && environment.apply(ACCESS_KEY).isEmpty();
        return new Endpoint(
                given.url()
                        .or(() -> local)
                        .or(() -> environment.apply(ENDPOINT_URL))
                        .map(Endpoint::uri),
                given.region()
                        .or(() -> environment.apply("AWS_REGION"))
                        .or(() -> environment.apply("AWS_DEFAULT_REGION"))
                        .or(() -> local.map(url -> LOCAL_REGION)),
                given.profile(),
                lacksKeys ? Optional.of(LOCAL_KEYS) : Optional.empty());
    }

    /**
     * The endpoint of the repository's program and its {@code scripts/deploy}: LocalStack, unless another one was
     * named.
     */
    public static Endpoint inRepository(Given given, Function<String, Optional<String>> environment) {
        Optional<String> named = given.url().or(() -> environment.apply(ENDPOINT_URL));
        if (given.isAws()) {
            return installed(given, environment);
        }
        if (named.isEmpty() || given.port().isPresent()) {
            given.profile().ifPresent(profile -> {
                throw new CommandFailedException(
                        "LocalStack has no profiles, and " + profile + " was named", "to talk to AWS, give --aws, too");
            });
            int port = given.port().orElse(DEFAULT_PORT);
            return new Endpoint(
                    Optional.of(uri("http://localhost:" + port)),
                    given.region().or(() -> Optional.of(LOCAL_REGION)),
                    Optional.empty(),
                    Optional.of(LOCAL_KEYS));
        }
        Endpoint chosen = installed(given, environment);
        AccessKeys keys = environment
                .apply(ACCESS_KEY)
                .map(id -> new AccessKeys(
                        id,
                        environment.apply("AWS_SECRET_ACCESS_KEY").orElse(LOCAL_KEYS.secret()),
                        environment.apply("AWS_SESSION_TOKEN")))
                .orElse(LOCAL_KEYS);
        return new Endpoint(
                chosen.url(),
                chosen.region().or(() -> Optional.of(LOCAL_REGION)),
                chosen.profile(),
                chosen.profile().isPresent() ? Optional.empty() : Optional.of(keys));
    }

    private static void requireNoOther(Function<String, Optional<String>> environment) {
        environment.apply(ENDPOINT_URL).ifPresent(url -> {
            throw new CommandFailedException(
                    "AWS was asked for, and AWS_ENDPOINT_URL is " + url, "unset one of the two");
        });
    }

    /** A command of the AWS CLI for this endpoint, to be pasted into a shell. */
    public String awsCommand(String... words) {
        List<String> all = new ArrayList<>(List.of("aws"));
        all.addAll(List.of(words));
        url.map(URI::toString).ifPresent(address -> all.addAll(List.of("--endpoint-url", address)));
        region.ifPresent(name -> all.addAll(List.of("--region", name)));
        profile.ifPresent(name -> all.addAll(List.of("--profile", name)));
        String command = all.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
        return keys.filter(LOCAL_KEYS::equals)
                .map(test -> "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s ".formatted(test.id(), test.secret()))
                .map(variables -> variables + command)
                .orElse(command);
    }

    /** The command that deletes the object with a URI. */
    public String deletion(String uri) {
        return awsCommand("s3", "rm", uri);
    }

    /** Whether LocalStack's default port, given as an option, changes nothing. */
    public static boolean isDefaultPort(
            int port, boolean isInRepository, Function<String, Optional<String>> environment) {
        return port == DEFAULT_PORT
                && isInRepository
                && environment.apply(ENDPOINT_URL).isEmpty()
                && !isAwsByDefault(environment);
    }

    /** Whether the environment chooses AWS for commands in the repository that name no endpoint. */
    public static boolean isAwsByDefault(Function<String, Optional<String>> environment) {
        return environment.apply("FANIN_AWS").filter("1"::equals).isPresent();
    }

    /** The script of the repository that starts it, with its options; empty unless it is LocalStack on this machine. */
    public List<String> startedBy() {
        return keys.filter(LOCAL_KEYS::equals)
                .flatMap(local -> url)
                .filter(own -> "localhost".equals(own.getHost()) && own.getPort() > 0)
                .map(own -> own.getPort() == DEFAULT_PORT
                        ? List.of("up")
                        : List.of("up", "--port", String.valueOf(own.getPort())))
                .orElse(List.of());
    }

    public boolean isAws() {
        return url.isEmpty();
    }

    @Override
    public String toString() {
        return url.map(URI::toString).orElse("AWS");
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw new IllegalArgumentException("no host");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    "'" + text + "' is not the URL of an endpoint such as http://localhost:4566", e);
        }
    }
}
