package io.fanin.core.catalog;

import io.fanin.core.failure.PassingFailure;

/**
 * Glue throttled, failed or did not answer in all attempts. All operations of the catalog can be repeated, so a state
 * machine may retry on this class.
 */
public final class CatalogUnavailableException extends CatalogException implements PassingFailure {

    public CatalogUnavailableException(String message) {
        super(message);
    }

    CatalogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
