package io.fanin.processor.pages;

/** Bytes are no struct of Thrift's compact protocol that all readers take for the same. */
final class MalformedStructException extends RuntimeException {
    MalformedStructException(String message) {
        super(message);
    }
}
