package io.fanin.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fanin.cli.console.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sts.StsClient;

/** The credentials of the clients if the shell has exported keys, too. */
class EndpointClientsTest {

    private final Map<String, Optional<String>> before = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void exportKeysBesideProfiles() throws IOException {
        set(
                "aws.sharedCredentialsFile",
                Files.writeString(folder.resolve("credentials"), """
                [default]
                aws_access_key_id = DEFAULT
                aws_secret_access_key = secret
                [prod]
                aws_access_key_id = PROD
                aws_secret_access_key = secret
                [half]
                aws_access_key_id = HALF
                """).toString());
        set(
                "aws.configFile",
                Files.writeString(folder.resolve("config"), MissingCredentialsTest.SSO + """
                [profile prod]
                region = eu-north-1
                [profile region-alone]
                region = eu-north-1
                """)
                        .toString());
        set("aws.accessKeyId", "EXPORTED");
        set("aws.secretAccessKey", "secret");
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) ->
                value.ifPresentOrElse(old -> System.setProperty(name, old), () -> System.clearProperty(name)));
    }

    /** As in the AWS CLI: with the environment's keys, the command would use another account than the named one. */
    @Test
    void profileThatIsNamedComesBeforeKeysOfTheEnvironment() {
        assertThat(keyOf(Optional.of("prod"))).isEqualTo("PROD");
    }

    @Test
    void keysOfTheEnvironmentComeBeforeAProfileOfTheEnvironment() {
        set("aws.profile", "prod");

        assertThat(keyOf(Optional.empty())).isEqualTo("EXPORTED");
    }

    @Test
    void profileThatIsNamedComesBeforeOneOfTheEnvironment() {
        set("aws.profile", "default");

        assertThat(keyOf(Optional.of("prod"))).isEqualTo("PROD");
    }

    @Test
    void regionIsTheProfilesUnlessAnotherIsNamed() {
        assumeThat(System.getenv("AWS_REGION")).isNull();
        assumeThat(System.getProperty("aws.region")).isNull();

        assertThat(new EndpointClients(endpoint(Optional.of("prod"), Optional.empty())).region())
                .isEqualTo("eu-north-1");
        assertThat(new EndpointClients(endpoint(Optional.of("prod"), Optional.of("eu-west-1"))).region())
                .isEqualTo("eu-west-1");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, the profile nobody is unknown or has no credentials, aws configure list-profiles",
        "region-alone, the profile region-alone is unknown or has no credentials, aws configure list-profiles",
        "half, the profile gives no AWS credentials: Profile property 'aws_secret_access_key', correct it in",
        "sso, the profile gives no AWS credentials: Unable to load SSO token, run aws sso login"
    })
    void profileThatGivesNoneIsNotReplacedByKeysOfTheEnvironment(String profile, String what, String hint) {
        Throwable missing = catchThrowable(() -> keyOf(Optional.of(profile)));

        CommandFailedException failure =
                MissingCredentials.failure(missing.getMessage()).orElseThrow();
        assertThat(failure)
                .message()
                .startsWith(what)
                .doesNotContain("ProfileFile", "Provider")
                .doesNotEndWith("]");
        assertThat(failure.hint().orElseThrow()).contains(hint);
    }

    private static String keyOf(Optional<String> profile) {
        try (StsClient client = new EndpointClients(endpoint(profile, Optional.of("eu-west-1"))).sts()) {
            return client.serviceClientConfiguration()
                    .credentialsProvider()
                    .resolveIdentity()
                    .join()
                    .accessKeyId();
        }
    }

    private static Endpoint endpoint(Optional<String> profile, Optional<String> region) {
        return new Endpoint(Optional.empty(), region, profile, Optional.empty());
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        System.setProperty(name, value);
    }
}
