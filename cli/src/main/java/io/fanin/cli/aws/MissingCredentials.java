package io.fanin.cli.aws;

import io.fanin.cli.console.CommandFailedException;
import java.util.Optional;

/**
 * Says why the SDK found no credentials: its message has the reason of each place where it looked, of which the one of
 * the profile is of interest.
 */
public final class MissingCredentials {

    private static final String BEGINNING = "Unable to load credentials";
    private static final String PROFILE = "ProfileCredentialsProvider(profileName=";
    private static final String NEXT = ", ContainerCredentialsProvider(";
    private static final String NO_PROFILE = "Profile file contained no credentials";

    private MissingCredentials() {}

    /** The failure for an SDK's message; empty if that is about something else. */
    public static Optional<CommandFailedException> failure(String message) {
        return message.startsWith(BEGINNING)
                ? Optional.of(ofProfile(message)
                        .map(MissingCredentials::failureOfProfile)
                        .orElseGet(() -> new CommandFailedException(
                                "there are no AWS credentials", "run aws configure, or name a profile with --profile")))
                : Optional.empty();
    }

    /** Why a profile that there is gave none. */
    private static Optional<String> ofProfile(String message) {
        int from = message.lastIndexOf(PROFILE);
        int reason = from < 0 ? -1 : message.indexOf("): ", from);
        int to = message.indexOf(NEXT, Math.max(reason, 0));
        return reason < 0 || to < 0
                ? Optional.empty()
                : Optional.of(message.substring(reason + "): ".length(), to))
                        .filter(text -> !text.startsWith(NO_PROFILE));
    }

    private static CommandFailedException failureOfProfile(String reason) {
        if (reason.contains("login_session")) {
            return new CommandFailedException(
                    "the profile is one of aws login, which is not read here",
                    "eval \"$(aws configure export-credentials --format env)\", with the --profile that you named, and leave it out here");
        }
        return new CommandFailedException(
                "the profile gives no AWS credentials: " + reason,
                reason.contains("SSO") || reason.contains("Token is expired")
                        ? "run aws sso login, with the --profile that you named"
                        : "correct it in ~/.aws/config");
    }
}
