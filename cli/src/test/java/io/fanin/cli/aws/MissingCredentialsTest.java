package io.fanin.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fanin.cli.console.CommandFailedException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/** Explanations for the SDK's own messages. */
class MissingCredentialsTest {

    /** A profile {@code sso} without a token. */
    static final String SSO = """
            [profile sso]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = admin
            [sso-session corp]
            sso_region = eu-west-1
            sso_start_url = https://never-logged-in.example.com/start
            """;

    private static final ProfileFile PROFILES = ProfileFile.builder()
            .type(ProfileFile.Type.CONFIGURATION)
            .content(new ByteArrayInputStream((SSO + """
                    [profile login]
                    login_session = arn:aws:sts::123456789012:assumed-role/admin/me
                    region = eu-west-1
                    [profile chained]
                    role_arn = arn:aws:iam::123456789012:role/admin
                    source_profile = nobody
                    """).getBytes(StandardCharsets.UTF_8)))
            .build();

    private static CommandFailedException failure(String profile) {
        AwsCredentialsProviderChain chain = AwsCredentialsProviderChain.of(
                ProfileCredentialsProvider.builder()
                        .profileFile(() -> PROFILES)
                        .profileName(profile)
                        .build(),
                ContainerCredentialsProvider.create());
        return MissingCredentials.failure(
                        catchThrowable(chain::resolveCredentials).getMessage())
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "login, aws login, aws configure export-credentials",
        "sso, Unable to load SSO token, run aws sso login",
        "chained, 'nobody', ~/.aws/config",
        "unknown, there are no AWS credentials, run aws configure"
    })
    void profileThatGivesNoneIsToldWithTheRemedy(String profile, String what, String hint) {
        CommandFailedException failure = failure(profile);

        assertThat(failure).message().contains(what).doesNotContain("ProfileFile", "ContainerCredentials");
        assertThat(failure.hint().orElseThrow()).contains(hint);
    }

    @Test
    void otherMessagesAreLeft() {
        assertThat(MissingCredentials.failure("Unable to load region")).isEmpty();
    }
}
