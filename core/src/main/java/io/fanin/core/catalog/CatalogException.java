package io.fanin.core.catalog;

/**
 * Glue did not do what was asked of it, and asking again will not help. The message names the table or database, the
 * call, what Glue said, and what to do.
 */
public class CatalogException extends RuntimeException {

    public CatalogException(String message) {
        super(message);
    }

    public CatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}
