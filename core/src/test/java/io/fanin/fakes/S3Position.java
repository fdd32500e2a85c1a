package io.fanin.fakes;

/**
 * The position of a listing.
 *
 * @param name the first that may be returned
 * @param emptied the number of empty pages since the last name
 */
record S3Position(String name, int emptied) {

    static S3Position at(String name) {
        return new S3Position(name, 0);
    }

    S3Position behindEmptyPage() {
        return new S3Position(name, emptied + 1);
    }

    String token() {
        return ContinuationToken.write(emptied + "/" + name);
    }

    /**
     * Reads the position out of a token.
     *
     * @throws IllegalArgumentException if it is none
     */
    static S3Position read(String token) {
        String[] parts = ContinuationToken.read(token).split("/", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException(token);
        }
        return new S3Position(parts[1], Integer.parseInt(parts[0]));
    }
}
