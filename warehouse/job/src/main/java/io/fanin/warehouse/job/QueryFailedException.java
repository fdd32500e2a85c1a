package io.fanin.warehouse.job;

/** Athena has not run a query; the message has its reason. */
public final class QueryFailedException extends RuntimeException {

    public QueryFailedException(String message) {
        super(message);
    }
}
