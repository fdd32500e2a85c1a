package io.fanin.core.catalog;

import io.fanin.core.table.TableName;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One call, for messages about it.
 *
 * @param operation as Glue's API and IAM name it
 * @param subject what it is about, for example {@code table analytics.flights}
 */
record GlueCall(String operation, String subject) {

    static GlueCall onTable(String operation, TableName table) {
        return new GlueCall(operation, "table " + table);
    }

    static GlueCall onDatabase(String operation, String database) {
        return new GlueCall(operation, "database " + database);
    }

    CatalogException failed(SdkException cause) {
        String answer = FailureKind.codeOf(cause) + ": " + FailureKind.messageOf(cause);
        String what = "Glue's " + operation + " for " + subject + " failed with " + answer;
        return switch (FailureKind.of(cause)) {
            case RETRYABLE, AMBIGUOUS ->
                new CatalogUnavailableException(what + "; no further attempt is made, run it again later", cause);
            case DENIED -> new CatalogException(what + "; " + remedy(answer), cause);
            case MISSING -> new CatalogException(what + "; it does not exist, or was dropped meanwhile", cause);
            case EXISTS, INVALID, LIMIT, OTHER -> new CatalogException(what, cause);
        };
    }

    private String remedy(String answer) {
        return answer.toLowerCase(Locale.ROOT).contains("lake formation")
                ? "Lake Formation denies it: grant the function's role the permission on " + subject + " there"
                : "IAM denies it: allow the function's role glue:" + operation + " on " + subject
                        + ", its database and the catalog";
    }
}
