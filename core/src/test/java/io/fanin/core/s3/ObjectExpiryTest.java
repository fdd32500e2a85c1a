package io.fanin.core.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Faults;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.RequestLog;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ObjectExpiryTest {

    private final FakeS3 s3 = new FakeS3(
                    new ManualClock(Instant.parse("2026-11-20T12:00:00Z")), new RequestLog(), new Faults())
            .createBucket("landing")
            .put("landing", "raw/a.json", "{}");
    private final S3Pages pages = new S3Pages(s3.client());

    @Test
    void ruleTellsWhenItDeletes() {
        s3.expireAfter("landing", "raw/", 30);

        assertThat(pages.expiry("landing", "raw/a.json")).contains(Instant.parse("2026-12-21T00:00:00Z"));
        assertThat(s3.log().count("HeadObject")).isEqualTo(1);
    }

    @Test
    void objectWithoutRuleStays() {
        s3.expireAfter("landing", "other/", 30);

        assertThat(pages.expiry("landing", "raw/a.json")).isEmpty();
    }

    @Test
    void objectThatIsGoneOrForbiddenTellsNothing() {
        s3.deny("landing", "raw/b");

        assertThat(pages.expiry("landing", "raw/gone.json")).isEmpty();
        assertThat(pages.expiry("landing", "raw/b.json")).isEmpty();
    }

    /** To take it for no rule would lose rows. */
    @Test
    void failureOfServiceIsThrown() {
        s3.faults().on("HeadObject").thenFail(503, "SlowDown", "Please reduce your request rate.");

        assertThatThrownBy(() -> pages.expiry("landing", "raw/a.json")).isInstanceOf(S3Exception.class);
    }
}
