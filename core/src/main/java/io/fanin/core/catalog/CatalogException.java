package io.fanin.core.catalog;

/**
 * Glue refused a call, and a retry will not help. The message names the table or database, the call, Glue's error, and
 * the remedy.
 */
public class CatalogException extends RuntimeException {

    public CatalogException(String message) {
        super(message);
    }

    public CatalogException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether permissions of Lake Formation are missing. */
    public boolean isOfLakeFormation() {
        return FailureKind.isOfLakeFormation(getMessage());
    }
}
