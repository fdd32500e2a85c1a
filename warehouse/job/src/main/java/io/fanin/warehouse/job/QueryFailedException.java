package io.fanin.warehouse.job;

/** A query failed in Athena; the message contains Athena's reason. */
public final class QueryFailedException extends RuntimeException {

    public QueryFailedException(String message) {
        super(message);
    }
}
