package io.fanin.core.catalog;

import java.util.function.Function;
import java.util.function.Supplier;

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

    /**
     * The response to a request, or a substitute if Glue refuses the request.
     *
     * @throws CatalogUnavailableException if there is no answer
     */
    public static <T> T unlessRefused(Supplier<T> request, Function<CatalogException, T> refused) {
        try {
            return request.get();
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (CatalogException e) {
            return refused.apply(e);
        }
    }

    /** Whether permissions of Lake Formation are missing. */
    public boolean isOfLakeFormation() {
        return FailureKind.isOfLakeFormation(getMessage());
    }
}
