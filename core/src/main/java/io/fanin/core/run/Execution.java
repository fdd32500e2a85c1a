package io.fanin.core.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * The execution that a state belongs to, as {@code $$.Execution} in the context object of Step Functions.
 *
 * @param id the execution's ARN
 * @param redriveCount 0 before the first redrive; empty on engines that know no redrive
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Execution(
        @JsonProperty(value = "Id", required = true) String id,
        @JsonProperty(value = "Name", required = true) String name,
        @JsonProperty("Input") JsonNode input,
        @JsonProperty("RedriveCount") OptionalInt redriveCount) {

    public RunId runId() {
        return new RunId(name);
    }
}
