package io.fanin.records.parquet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Skips a struct of Thrift's compact protocol (thrift-compact-protocol.md) without building it. Refuses what readers
 * interpret differently (a repeated field, numbers with more bits than their type), and what takes them far more memory
 * than it has bytes: lists longer than the remaining bytes, very many or very deep structs.
 */
final class CompactStruct {

    /** Maximum nesting: more than Parquet's own structs have. */
    static final int MAX_DEEP = 32;

    /** Maximum structs: they take as few as 16 bytes in a footer, and up to a kilobyte of a reader's memory. */
    static final int MAX_STRUCTS = 1 << 20;

    private static final int BOOLEAN_TRUE = 1;
    private static final int BOOLEAN_FALSE = 2;
    private static final int I8 = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;
    private static final int LONG_LIST = 15;

    private final ByteBuffer bytes;
    private int structs;

    private CompactStruct(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * The length of a struct in bytes.
     *
     * @param bytes that begin with it
     * @throws BufferUnderflowException when they end before it does
     * @throws MalformedStructException when they are not a struct
     */
    static int length(byte[] bytes) {
        ByteBuffer own = ByteBuffer.wrap(bytes);
        new CompactStruct(own).struct(1);
        return own.position();
    }

    private void struct(int depth) {
        structs++;
        if (structs > MAX_STRUCTS) {
            throw new MalformedStructException("more than " + MAX_STRUCTS + " structures");
        }
        if (depth > MAX_DEEP) {
            throw new MalformedStructException("structures more than " + MAX_DEEP + " deep");
        }
        long seen = 0;
        int id = 0;
        for (int head = next(); head != 0; head = next()) {
            id = head >> 4 == 0 ? (int) Varint.zigzag(varint(Short.SIZE)) : id + (head >> 4);
            if (id <= 0 || id > Short.MAX_VALUE) {
                throw new MalformedStructException("a field of the number " + id);
            }
            // Parquet's fields have small numbers; readers ignore others.
            long bit = id < Long.SIZE ? 1L << id : 0;
            if ((seen & bit) != 0) {
                throw new MalformedStructException("field " + id + " twice");
            }
            seen |= bit;
            int type = head & 0xF;
            if (type != BOOLEAN_TRUE && type != BOOLEAN_FALSE) {
                value(type, depth);
            }
        }
    }

    private void value(int type, int depth) {
        switch (type) {
            case BOOLEAN_TRUE, BOOLEAN_FALSE, I8 -> next();
            case I16 -> varint(Short.SIZE);
            case I32 -> varint(Integer.SIZE);
            case I64 -> varint(Long.SIZE);
            case DOUBLE -> skip(Double.BYTES);
            case BINARY -> skip(size());
            case LIST, SET -> list(depth + 1);
            case MAP -> map(depth + 1);
            case STRUCT -> struct(depth + 1);
            default -> throw new MalformedStructException("a value of type " + type);
        }
    }

    private void list(int depth) {
        int head = next();
        int size = head >> 4 == LONG_LIST ? size() : head >> 4;
        values(size, depth, head & 0xF);
    }

    private void map(int depth) {
        int size = size();
        if (size > 0) {
            int types = next();
            values(size, depth, types >> 4, types & 0xF);
        }
    }

    private void values(int size, int depth, int... types) {
        if (depth > MAX_DEEP) {
            throw new MalformedStructException("lists more than " + MAX_DEEP + " deep");
        }
        // Each element takes at least a byte.
        if (size > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        for (int i = 0; i < size; i++) {
            for (int type : types) {
                value(type, depth);
            }
        }
    }

    private int next() {
        return bytes.get() & 0xFF;
    }

    private void skip(int length) {
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + length);
    }

    private int size() {
        int size = (int) varint(Integer.SIZE);
        if (size < 0) {
            throw new MalformedStructException("a size of " + Integer.toUnsignedString(size));
        }
        return size;
    }

    /** Seven bits per byte, the lowest first. Readers truncate longer ones differently. */
    private long varint(int bits) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = next();
            long payload = next & 0x7F;
            int room = bits - shift;
            if (room <= 0 || (room < 7 && payload >> room != 0)) {
                throw new MalformedStructException("a number of more than " + bits + " bits");
            }
            value |= payload << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }
}
