package io.fanin.records.parquet;

import io.fanin.records.objects.Printable;

/** Bytes are no struct of Thrift's compact protocol that all readers take for the same. */
final class MalformedStructException extends RuntimeException {
    /** What Thrift builds of a struct stands in its message, with the values of statistics. */
    private static final String STRUCT = " Struct:";

    MalformedStructException(String message) {
        super(message);
    }

    /** Why a struct cannot be read, for people, and nothing of what is in it. */
    static String why(Exception failure) {
        return Printable.prose(String.valueOf(failure.getMessage()).split(STRUCT, 2)[0]);
    }
}
