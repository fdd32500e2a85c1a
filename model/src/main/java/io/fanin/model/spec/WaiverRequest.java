package io.fanin.model.spec;

import io.fanin.model.spec.detection.NamedPartition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The partitions of a table that an execution's input waives, and those whose waivers it removes. */
public record WaiverRequest(Optional<List<Waive>> waive, Optional<List<NamedPartition>> unwaive) {

    /**
     * A partition to waive.
     *
     * @param reason for the waiver
     * @param by the user who waives it
     * @param until when the waiver ends; empty for never
     */
    public record Waive(NamedPartition partition, String reason, String by, Optional<String> until) {

        /**
         * When the waiver ends.
         *
         * @throws java.time.DateTimeException if the text is not a moment
         */
        public Optional<Instant> untilMoment() {
            return until.map(text -> OffsetDateTime.parse(text).toInstant());
        }
    }

    public List<Waive> waived() {
        return waive.orElse(List.of());
    }

    public List<NamedPartition> unwaived() {
        return unwaive.orElse(List.of());
    }
}
