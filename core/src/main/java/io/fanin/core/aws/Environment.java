package io.fanin.core.aws;

import java.util.Optional;

/** A function's settings: the environment variables that the template sets. */
public final class Environment {

    private Environment() {}

    /**
     * The value of a required variable.
     *
     * @throws IllegalStateException if it is not set
     */
    public static String required(String name) {
        return optional(name)
                .orElseThrow(() -> new IllegalStateException("the environment variable " + name
                        + " is not set: deploy the function with the project's template"));
    }

    /** The value of a variable; empty if it is not set, or blank. */
    public static Optional<String> optional(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
