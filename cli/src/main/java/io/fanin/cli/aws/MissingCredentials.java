package io.fanin.cli.aws;

import io.fanin.cli.console.CommandFailedException;
import java.util.Optional;

/**
 * Explains why the SDK found no credentials. Its message gives a reason for each place that it tried; the profile's
 * reason is the useful one. If a profile was named, the SDK tries no other place.
 */
public final class MissingCredentials {

    private static final String BEGINNING = "Unable to load credentials";
    private static final String PROFILE = "ProfileCredentialsProvider(profileName=";
    private static final String NEXT = ", ContainerCredentialsProvider(";
    private static final String END = "]";
    private static final String NO_PROFILE = "Profile file contained no credentials";

    private MissingCredentials() {}

    /** The SDK's message about a profile. */
    private record OfProfile(String name, String reason, boolean wasNamed) {

        private CommandFailedException failure() {
            if (reason.startsWith(NO_PROFILE)) {
                return wasNamed
                        ? new CommandFailedException(
                                "the profile " + name + " is unknown or has no credentials",
                                "aws configure list-profiles lists those that there are, aws configure --profile NAME makes one")
                        : none();
            }
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

    /** The failure for an SDK's message; absent if that is about something else. */
    public static Optional<CommandFailedException> failure(String message) {
        return message.startsWith(BEGINNING)
                ? Optional.of(ofProfile(message).map(OfProfile::failure).orElseGet(MissingCredentials::none))
                : Optional.empty();
    }

    private static CommandFailedException none() {
        return new CommandFailedException(
                "there are no AWS credentials", "run aws configure, or name a profile with --profile");
    }

    private static Optional<OfProfile> ofProfile(String message) {
        int from = message.lastIndexOf(PROFILE);
        int reason = from < 0 ? -1 : message.indexOf("): ", from);
        if (reason < 0) {
            return Optional.empty();
        }
        String name = message.substring(from + PROFILE.length(), reason).split(", profileFile=", 2)[0];
        String text = message.substring(reason + "): ".length());
        int next = text.indexOf(NEXT);
        boolean isLast = next < 0 && text.endsWith(END);
        return next < 0 && !isLast
                ? Optional.empty()
                : Optional.of(
                        new OfProfile(name, text.substring(0, isLast ? text.length() - END.length() : next), isLast));
    }
}
