package io.fanin.records.parquet;

import io.fanin.records.objects.Printable;

/** The bytes are not a struct of Thrift's compact protocol, or readers disagree about it. */
final class MalformedStructException extends RuntimeException {
    /** Marks the part of Thrift's messages that quotes the struct, with statistics of rows. */
    private static final String STRUCT = " Struct:";

    MalformedStructException(String message) {
        super(message);
    }

    /** Why a struct cannot be read, for people, without its content. */
    static String why(Exception failure) {
        return Printable.prose(String.valueOf(failure.getMessage()).split(STRUCT, 2)[0]);
    }
}
