package io.fanin.fakes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code Range} header resolved against an object's size. Only single ranges: S3 serves no others.
 *
 * @param end exclusive
 */
record ByteRange(int start, int end) {

    private static final Pattern HEADER = Pattern.compile("bytes=(\\d*)-(\\d*)");

    static ByteRange of(String header, int size) {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            return new ByteRange(0, size);
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        ByteRange range = first.isEmpty()
                ? new ByteRange((int) Math.max(0, size - Long.parseLong(last)), size)
                : new ByteRange(
                        (int) Math.min(Long.parseLong(first), size),
                        last.isEmpty() ? size : (int) Math.min(Long.parseLong(last) + 1, size));
        if (range.start >= range.end) {
            throw new Refusal(416, "InvalidRange", "The requested range is not satisfiable");
        }
        return range;
    }

    String contentRange(int size) {
        return "bytes %d-%d/%d".formatted(start, end - 1, size);
    }
}
