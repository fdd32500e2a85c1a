package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A waived partition, for people and programs.
 *
 * @param partition as Hive and Glue print it
 * @param reason in the user's words
 * @param until when the waiver ends; empty for never
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record WaivedPartition(
        String partition, List<String> values, String reason, String by, Instant at, Optional<Instant> until) {}
