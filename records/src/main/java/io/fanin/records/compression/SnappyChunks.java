package io.fanin.records.compression;

/**
 * The chunks of a Snappy stream (Snappy framing format, 2013-10-25): a type in one byte, a size in three, and that many
 * bytes.
 */
final class SnappyChunks extends Frames {

    private static final int SIZE_BITS = 8;

    @Override
    String part() {
        return "chunk";
    }

    @Override
    boolean isAtBeginning() {
        return true;
    }

    @Override
    int length() {
        return Integer.BYTES;
    }

    /** Accepts any type, since the decoder refuses unknown ones. */
    @Override
    boolean mayBegin(long number, int digits) {
        return true;
    }

    @Override
    void end(long whole) {
        skip(whole >> SIZE_BITS);
    }
}
