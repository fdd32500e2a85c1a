package io.fanin.warehouse.job;

import java.util.Map;

/**
 * A job's settings: the environment variables that the warehouse sets.
 *
 * @param format {@code parquet} or {@code json}
 */
record JobSettings(
        String database, String table, String format, String dataBucket, String resultsBucket, String workGroup) {

    /**
     * The settings.
     *
     * @throws IllegalStateException if one is missing
     */
    static JobSettings of(Map<String, String> environment) {
        return new JobSettings(
                given(environment, "DATABASE"),
                given(environment, "TABLE"),
                given(environment, "FORMAT"),
                given(environment, "DATA_BUCKET"),
                given(environment, "RESULTS_BUCKET"),
                given(environment, "WORK_GROUP"));
    }

    private static String given(Map<String, String> environment, String name) {
        String value = environment.get("WAREHOUSE_" + name);
        if (value == null) {
            throw new IllegalStateException("the environment has no WAREHOUSE_" + name
                    + ": expected what withBatchInputTable sets, is this the function of such a table?");
        }
        return value;
    }
}
