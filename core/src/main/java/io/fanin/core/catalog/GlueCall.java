package io.fanin.core.catalog;

import io.fanin.model.table.TableName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A call to Glue, for messages.
 *
 * @param operation the name in Glue's API and in IAM
 * @param subject its object, for example {@code table analytics.flights}
 */
public record GlueCall(String operation, String subject) {

    private static final String CALLER = "the role that called (in a run, the function's)";

    private static final Pattern LOCATION = Pattern.compile("\\bon (s3://[^\\s;(]+)");

    public static GlueCall onTable(String operation, TableName table) {
        return new GlueCall(operation, "table " + table);
    }

    public static GlueCall onDatabase(String operation, String database) {
        return new GlueCall(operation, "database " + database);
    }

    public static GlueCall onJob(String operation, String job) {
        return new GlueCall(operation, "job " + job);
    }

    public CatalogException failed(SdkException cause) {
        String answer = FailureKind.codeOf(cause) + ": " + FailureKind.messageOf(cause);
        String what = "Glue's " + operation + " for " + subject + " failed with " + answer;
        String message = remedy(FailureKind.of(cause), answer)
                .map(remedy -> what + "; " + remedy)
                .orElse(what);
        return switch (FailureKind.of(cause)) {
            case RETRYABLE, AMBIGUOUS -> new CatalogUnavailableException(message, cause);
            case DENIED, LIMIT, MISSING, EXISTS, INVALID, OTHER -> new CatalogException(message, cause);
        };
    }

    /**
     * The remedy for a failure of this call, for users.
     *
     * @param answer Glue's code and message, whose wording identifies who denies the call
     */
    public Optional<String> remedy(FailureKind kind, String answer) {
        return switch (kind) {
            case DENIED -> Optional.of(grant(answer));
            case LIMIT ->
                Optional.of("a quota of Glue is used up: have it raised in Service Quotas, or drop what is no longer"
                        + " needed, then run it again");
            case MISSING -> Optional.of("it does not exist, or was dropped meanwhile");
            case RETRYABLE, AMBIGUOUS -> Optional.of("no further attempt is made, run it again later");
            case EXISTS, INVALID, OTHER -> Optional.empty();
        };
    }

    private String grant(String answer) {
        if (FailureKind.isOfLakeFormation(answer)) {
            return "Lake Formation denies it: " + lakeFormationGrant(answer);
        }
        if (FailureKind.isOfKey(answer)) {
            return "the catalog is encrypted with a KMS key: allow " + CALLER
                    + " kms:Decrypt, kms:Encrypt and kms:GenerateDataKey in the key's policy";
        }
        return "IAM denies it: allow " + CALLER + " glue:" + operation + " on " + subject
                + ", its database and the catalog";
    }

    /** Lake Formation names a location if its permissions on tables suffice. */
    private String lakeFormationGrant(String answer) {
        Matcher location = LOCATION.matcher(answer);
        if (location.find()) {
            return "grant " + CALLER + " DATA_LOCATION_ACCESS on " + location.group(1) + " there";
        }
        String grant = "grant " + CALLER + " " + lakeFormationPermission() + " on " + subject + " there";
        return operation.equals("GetTable")
                ? grant + "; it answers the same for a table that does not exist, to those who may not create it"
                : grant;
    }

    /**
     * The required <a
     * href="https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html">permission in Lake
     * Formation</a>.
     */
    private String lakeFormationPermission() {
        return switch (operation) {
            case "CreateDatabase" -> "CREATE_DATABASE";
            case "CreateTable" -> "CREATE_TABLE, and access to the data location,";
            case "UpdateTable" -> "ALTER";
            case "BatchCreatePartition", "BatchUpdatePartition" -> "ALTER and INSERT, and access to the data location,";
            case "BatchDeletePartition" -> "ALTER and DELETE";
            default -> "DESCRIBE and SELECT";
        };
    }
}
