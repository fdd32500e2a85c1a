package io.fanin.core.spec;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Which partitions of a table the input of an execution gives up, and which it takes back. */
public record WaiverRequest(Optional<List<Waive>> waive, Optional<List<NamedPartition>> unwaive) {

    /**
     * A partition that is given up.
     *
     * @param reason why
     * @param by who says so
     * @param until from when on it counts again; empty for never
     */
    public record Waive(NamedPartition partition, String reason, String by, Optional<String> until) {

        /**
         * When it counts again.
         *
         * @throws java.time.DateTimeException when the text is no moment
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
