package io.fanin.core.spec;

/** How partitions are found. */
public record DetectionSpec(String mode) {

    public static final DetectionSpec LIST = new DetectionSpec("list");

    public DetectionSpec {
        if (!"list".equals(mode)) {
            throw new IllegalArgumentException("expected the mode 'list', found '" + mode + "'");
        }
    }
}
