package io.fanin.cli.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.FailedPartition;
import io.fanin.model.json.Json;
import io.fanin.model.run.WaivedPartition;
import io.fanin.model.text.LogSafe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer of {@code explain}: all information about one partition.
 *
 * @param partition as Hive and Glue print it
 * @param registration empty if it is not registered
 * @param outstanding empty if it has not failed since it was registered
 * @param waived its waiver; empty if it has none
 * @param reasons why the last run that changed the table did not process it, and whether the next one will
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({"table", "partition", "values", "registered"})
public record Explanation(
        String table,
        String partition,
        List<String> values,
        Optional<Registration> registration,
        Optional<Attempt> outstanding,
        Optional<WaivedPartition> waived,
        @JsonUnwrapped Data data,
        List<String> reasons) {

    @JsonProperty
    public boolean registered() {
        return registration.isPresent();
    }

    /**
     * The location of the partition's data, or the one that it would have.
     *
     * @param prefix its URI; empty if not known
     * @param firstObject the URI of the first object there; empty if there is none
     * @param source the URI of the raw data that the partition is made from; empty if it is not made from raw data
     * @param firstSourceObject the URI of the first object there; empty if there is none
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Data(
            Optional<String> prefix,
            Optional<String> firstObject,
            Optional<String> source,
            Optional<String> firstSourceObject) {

        /** Whether there is data that a run would process. */
        boolean isThere() {
            return source.isPresent() ? firstSourceObject.isPresent() : firstObject.isPresent();
        }

        @JsonIgnore
        boolean isNotLookedFor() {
            return prefix.isEmpty() && source.isEmpty();
        }

        List<String> lines() {
            return Stream.of(
                            source.map(uri -> amount("raw object", firstSourceObject.isPresent()) + uri),
                            prefix.map(uri -> amount("object", firstObject.isPresent()) + uri))
                    .flatMap(Optional::stream)
                    .toList();
        }

        private static String amount(String one, boolean areThere) {
            return "S3 has " + (areThere ? one + "s" : "no " + one) + " under ";
        }
    }

    /**
     * The registration of the partition.
     *
     * @param created when the catalog's partition was created
     * @param execution that registered it last; empty if another tool did
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Registration(
            Optional<Instant> created,
            Optional<String> execution,
            Optional<String> location,
            Map<String, String> parameters) {}

    /**
     * The last failure of the partition.
     *
     * @param run in which it failed last
     * @param since after which time the data was read with which it first failed; absent if not known
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Attempt(FailedPartition failure, String run, int pass, Optional<Instant> since) {}

    public ExitCode exitCode() {
        return outstanding.isPresent() ? ExitCode.PARTIAL : ExitCode.DONE;
    }

    public List<String> lines(Hints hints) {
        List<String> lines = new ArrayList<>();
        lines.add(partition + " of " + table + " is " + (registered() ? "registered." : "not registered."));
        registration.ifPresent(one -> {
            one.created.ifPresent(moment -> lines.add("  since " + moment));
            lines.add("  by " + one.execution.map(name -> "execution " + name).orElse("another tool"));
            one.location.ifPresent(uri -> lines.add("  at " + uri));
            one.parameters.forEach((name, value) -> lines.add("  " + name + " = " + value));
        });
        outstanding.ifPresent(one -> {
            one.since.ifPresent(moment -> lines.add("It has been outstanding since " + moment + "."));
            lines.add("It failed last in pass " + one.pass + " of run " + one.run + ":");
            lines.addAll(FailedPartition.lines(List.of(one.failure)));
        });
        waived.ifPresent(one -> lines.addAll(WaivedText.lines(List.of(one))));
        lines.addAll(data.lines());
        if (data.isNotLookedFor()) {
            lines.add("Where its data would lie is not known: nothing was looked for in S3.");
        }
        if (!registered() && outstanding.isEmpty() && waived.isEmpty() && data.isThere()) {
            lines.add(
                    "Its data is there and not registered: the next run that looks at it processes it, unless it waits or is skipped, which "
                            + hints.command("plan", table)
                            + " shows. Outside the lookback, give the spec \"detection\": "
                            + "{\"mode\": \"partitions\", \"partitions\": " + Json.text(List.of(partition)) + "}");
        }
        lines.addAll(reasons);
        return lines.stream().map(LogSafe::of).toList();
    }
}
