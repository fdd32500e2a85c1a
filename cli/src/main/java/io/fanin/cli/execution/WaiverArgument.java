package io.fanin.cli.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.model.names.InputNames;
import io.fanin.model.table.TableName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The author, reason and end of waivers.
 *
 * @param by the author
 * @param until when the waivers end; empty for never
 */
public record WaiverArgument(String reason, String by, Optional<String> until) {

    private static final Duration EXAMPLE = Duration.ofDays(30);

    /**
     * Checks when waivers end, as the option {@code --until} says it.
     *
     * @throws CommandFailedException if that is no moment, or has passed
     */
    public static void requireLater(String until, Instant now) {
        String example = ", such as " + now.plus(EXAMPLE).truncatedTo(ChronoUnit.DAYS)
                + ", or leave it out for a waiver that never expires";
        if (!moment(until, "write one" + example).isAfter(now)) {
            throw new CommandFailedException(
                    "--until " + until + " has passed: it is " + now.truncatedTo(ChronoUnit.SECONDS),
                    "write a later one" + example);
        }
    }

    private static Instant moment(String text, String hint) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new CommandFailedException("--until " + text + " is no moment with a time and a zone", hint, e);
        }
    }

    /**
     * The input of an execution that waives these partitions.
     *
     * @throws CommandFailedException if one begins like an array but is not valid JSON, or the execution would refuse
     *     it
     */
    public SpecArgument inputFor(TableName table, List<String> partitions) {
        ObjectNode input = PartitionArgument.inputFor(table);
        ArrayNode waive = input.putArray(InputNames.WAIVE);
        for (String partition : partitions) {
            ObjectNode one = waive.addObject();
            one.set("partition", PartitionArgument.read(partition));
            one.put("reason", reason).put("by", by);
            until.ifPresent(moment -> one.put("until", moment));
        }
        return new SpecArgument(input).required();
    }
}
