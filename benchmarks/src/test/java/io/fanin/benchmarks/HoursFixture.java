package io.fanin.benchmarks;

import io.fanin.fakes.ManualClock;
import io.fanin.model.table.S3Location;
import java.time.Instant;
import java.time.LocalDateTime;

/** Hours over the end of a year, and when they are asked for. */
final class HoursFixture {

    static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-11-01T00:00:00Z"));
    static final S3Location FOLDER = S3Location.of("s3://lake/events/");

    static final Hours HOURS = new Hours(FOLDER, Naming.TEMPLATE, LocalDateTime.parse("2025-12-31T15:00"), 37);

    private HoursFixture() {}
}
