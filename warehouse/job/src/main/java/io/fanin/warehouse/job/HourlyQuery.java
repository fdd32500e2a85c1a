package io.fanin.warehouse.job;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * For the jobs of a warehouse's tables: runs a query in Athena, and makes its result the partition of the last complete
 * hour. Repeated events are harmless.
 */
public final class HourlyQuery {

    private static final String HOUR = "${hour}";

    private final JobSettings settings;
    private final Queries queries;
    private final S3Client s3;
    private final Clock clock;

    HourlyQuery(
            AthenaClient athena, S3Client s3, Map<String, String> environment, Consumer<Duration> pause, Clock clock) {
        this.settings = JobSettings.of(environment);
        this.queries = new Queries(athena, settings, pause, clock);
        this.s3 = s3;
        this.clock = clock;
    }

    /** A query for the function of a table that was added with {@code withBatchInputTable}. */
    public static HourlyQuery fromEnvironment() {
        return new HourlyQuery(
                AthenaClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build(),
                S3Client.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build(),
                System.getenv(),
                duration -> LockSupport.parkNanos(duration.toNanos()),
                Clock.systemUTC());
    }

    /**
     * Runs the query and writes its result, unless the folder holds that of a later query.
     *
     * @param event {@code id} and {@code time} of a schedule, for the last hour that had ended then; or {@code hour},
     *     such as {@code 2013/02/08/17}, if invoked by hand
     * @param sql with {@code ${hour}} in place of the hour; its columns are those of the table, without the key
     * @return the folder
     * @throws IllegalArgumentException if the event contains no time, or the query no hour
     * @throws QueryFailedException if the query has failed
     * @throws IllegalStateException if another invocation writes the hour at the same time: the hour is then not marked
     *     as complete, or has the other's result. Or if the event's query is so old that its result may have expired
     */
    public String run(Map<String, String> event, String sql) {
        if (!sql.contains(HOUR)) {
            throw new IllegalArgumentException(
                    "the query does not say " + HOUR + ", and would be the same for every hour: " + sql);
        }
        Hour hour = Hour.of(event);
        String query = sql.strip().replace(HOUR, hour.toString());
        String id = event.getOrDefault("id", UUID.randomUUID().toString());
        String name = String.join("\n", id, settings.database(), settings.table(), query);
        Queries.Attempt result = queries.run(
                name,
                run -> "UNLOAD (" + query + "\n) TO 's3://" + settings.resultsBucket() + "/" + folder(run)
                        + "' WITH (format = '" + settings.format().toUpperCase(Locale.ROOT) + "')");
        HourFolder target = new HourFolder(s3, settings, hour);
        target.replaceBy(folder(result.name()), result, clock.instant());
        return target.toString();
    }

    private String folder(String token) {
        return "jobs/" + settings.table() + "/" + token + "/";
    }
}
