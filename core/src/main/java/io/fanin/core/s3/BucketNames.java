package io.fanin.core.s3;

import io.fanin.model.table.S3Location;
import io.fanin.model.text.NamePatterns;

/** The buckets in a stack parameter, separated by commas; {@code *} stands for any characters. */
public final class BucketNames {

    private final String parameter;
    private final String names;
    private final NamePatterns patterns;

    /**
     * Reads the parameter's value.
     *
     * @param parameter its name in the template
     */
    public BucketNames(String parameter, String names) {
        this.parameter = parameter;
        this.names = names;
        this.patterns = NamePatterns.of(names);
    }

    public boolean have(S3Location location) {
        return patterns.match(location.bucket());
    }

    /** The parameter's name in the template. */
    public String parameter() {
        return parameter;
    }

    /** The parameter's name and value. */
    @Override
    public String toString() {
        return parameter + (patterns.isEmpty() ? " names none" : " names " + names);
    }
}
