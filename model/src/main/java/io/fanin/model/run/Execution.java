package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The execution that a state belongs to, as {@code $$.Execution} in the context object of Step Functions.
 *
 * @param id the execution's ARN
 * @param startTime when it was started, in ISO format; a redrive does not change it
 * @param redriveCount 0 before the first redrive; empty on engines without redrives
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Execution(
        @JsonProperty(value = "Id", required = true) String id,
        @JsonProperty(value = "Name", required = true) String name,
        @JsonProperty("Input") JsonNode input,
        @JsonProperty("StartTime") Optional<String> startTime,
        @JsonProperty("RedriveCount") OptionalInt redriveCount) {

    public RunId runId() {
        return new RunId(name);
    }

    public boolean isRedriven() {
        return redriveCount.orElse(0) > 0;
    }

    /** The time that its run is about, unless its input says when it was due: when the execution was started. */
    public Instant referenceTime() {
        return started().orElseGet(Instant::now);
    }

    /** When it was started; empty if the engine does not provide the time in ISO format. */
    public Optional<Instant> started() {
        try {
            return startTime.map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
