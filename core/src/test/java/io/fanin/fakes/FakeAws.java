package io.fanin.fakes;

import java.time.Clock;

/** S3, Glue, EventBridge and SNS under one clock, with one log and one set of faults. */
public record FakeAws(FakeS3 s3, FakeGlue glue, FakeEventBridge events, FakeSns sns, RequestLog log, Faults faults) {

    public FakeAws() {
        this(Clock.systemUTC());
    }

    public FakeAws(Clock clock) {
        this(clock, new RequestLog(), new Faults());
    }

    private FakeAws(Clock clock, RequestLog log, Faults faults) {
        this(
                new FakeS3(clock, log, faults),
                new FakeGlue(clock, log, faults),
                new FakeEventBridge(log, faults),
                new FakeSns(log, faults),
                log,
                faults);
    }
}
