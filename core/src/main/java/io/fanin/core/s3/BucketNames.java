package io.fanin.core.s3;

import io.fanin.model.table.S3Location;
import io.fanin.model.text.NamePatterns;

/** The buckets that one of the stack's parameters names, separated by commas; {@code *} stands for any characters. */
public final class BucketNames {

    private final String parameter;
    private final String names;
    private final NamePatterns patterns;

    /**
     * Reads the parameter's value.
     *
     * @param parameter what the template calls it
     */
    public BucketNames(String parameter, String names) {
        this.parameter = parameter;
        this.names = names;
        this.patterns = NamePatterns.of(names);
    }

    public boolean have(S3Location location) {
        return patterns.match(location.bucket());
    }

    /** What the template calls the parameter. */
    public String parameter() {
        return parameter;
    }

    /** The parameter with its value, as the stack has it. */
    @Override
    public String toString() {
        return parameter + (patterns.isEmpty() ? " names none" : " names " + names);
    }
}
