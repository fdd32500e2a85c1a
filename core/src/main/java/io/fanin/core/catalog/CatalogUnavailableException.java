package io.fanin.core.catalog;

/**
 * Glue kept throttling, failing or not answering until the attempts were used up. Everything that the catalog does may
 * be repeated, so a state machine may retry on this class.
 */
public final class CatalogUnavailableException extends CatalogException {

    public CatalogUnavailableException(String message) {
        super(message);
    }

    public CatalogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
