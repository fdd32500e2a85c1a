package io.fanin.detector;

import java.util.stream.IntStream;

/** Hours of November 2026 that are in S3 and registered. */
final class RegisteredHours {

    /** The second of the {@link #two} hours. */
    static final String H12 = "flights/dt=2026-11-18/hour=12/";

    private RegisteredHours() {}

    /** The noons of these days, registered by another tool. */
    static DetectorFixture noons(DetectorFixture fixture, int first, int last) {
        IntStream.rangeClosed(first, last).forEach(day -> {
            fixture.data("dt=2026-11-%02d/hour=12".formatted(day));
            fixture.registered("2026-11-%02d".formatted(day), "12");
        });
        return fixture;
    }

    /** Two hours, the second with two objects, processed as they are. */
    static DetectorFixture two(DetectorFixture fixture) {
        fixture.data("dt=2026-11-18/hour=11", "dt=2026-11-18/hour=12");
        fixture.aws.s3().put("lake", H12 + "part-1.json", "{}");
        return fixture.processed("dt=2026-11-18/hour=11", "2026-11-18", "11")
                .processed("dt=2026-11-18/hour=12", "2026-11-18", "12")
                .settled();
    }
}
