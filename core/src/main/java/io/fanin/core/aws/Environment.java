package io.fanin.core.aws;

/** What the template tells a function through its environment. */
public final class Environment {

    private Environment() {}

    /**
     * The value of a variable that the function cannot do without.
     *
     * @throws IllegalStateException when it is not set
     */
    public static String required(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + name
                    + " is not set: deploy the function with the project's template");
        }
        return value;
    }
}
