package io.fanin.detector;

import static io.fanin.detector.DetectionFaults.LIST;
import static io.fanin.detector.DetectionFaults.failure;
import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.fakes.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** When S3 or Glue fail: nothing that events have told is lost. */
class InboxFaultsTest {

    private static final String EVENTS = ", 'detection': {'mode': 'events'}";
    private static final String TOLD = "flights/dt=2026-11-05/hour=7/";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void inboxIsLeftAsItIsWhenGlueFails() {
        fixture.table("").told(TOLD);
        fixture.aws.faults().on("BatchGetPartition").then(Fault.throttling());

        assertThat(failure(fixture, NAMES + EVENTS)).isExactlyInstanceOf(CatalogUnavailableException.class);
        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(TOLD));
    }

    @Test
    void inboxIsUnchangedIfAPartitionCannotBeInspected() {
        fixture.table("")
                .data("dt=2026-11-05/hour=7")
                .processed("dt=2026-11-05/hour=7", "2026-11-05", "7")
                .told(TOLD);
        fixture.aws
                .faults()
                .on(LIST)
                .where(call -> call.target().startsWith("lake/"))
                .thenTruncate();

        failure(fixture, NAMES + EVENTS);
        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(TOLD));
    }

    /** An inbox that is not read is not an empty one. */
    @ParameterizedTest
    @ValueSource(strings = {"ListObjectsV2", "GetObject"})
    void runFailsWhenTheInboxCannotBeRead(String operation) {
        fixture.table("").told(TOLD);
        fixture.aws
                .faults()
                .on(operation)
                .where(call -> call.target().startsWith("state/inbox/"))
                .then(Fault.slowDown());

        assertThat(failure(fixture, NAMES + EVENTS)).isNotNull();
        assertThat(fixture.inbox.keys()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec.json", "pass-0/manifest.json", "taken-"})
    void inboxIsLeftAsItIsWhenTheRunFolderCannotBeWritten(String document) {
        fixture.data("dt=2026-11-05/hour=7");
        fixture.inbox.tell(InboxFixture.LONG_BEFORE, TOLD, "flights/README/");
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains("r1/" + document))
                .then(Fault.accessDenied());

        assertThatThrownBy(() -> fixture.detect(COMPLETE + EVENTS)).isInstanceOf(S3Exception.class);

        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isEmpty();
        assertThat(fixture.inbox.keys()).hasSize(1);

        fixture.aws.faults().clear();
        assertThat(fixture.detect(COMPLETE + EVENTS).partitions()).isEqualTo(1);
    }

    @Test
    void inboxIsUnchangedIfItIsUnknownWhetherTheRunHasBegun() {
        fixture.data("dt=2026-11-05/hour=7").told(TOLD);
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("r1/pass-0/manifest.json"))
                .thenDropAfter();

        assertThatThrownBy(() -> fixture.detect(COMPLETE + EVENTS)).isInstanceOf(SdkClientException.class);

        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isPresent();
        assertThat(fixture.inbox.keys()).hasSize(1);
        fixture.aws.faults().clear();
        assertThat(fixture.detect(COMPLETE + EVENTS).partitions()).isEqualTo(1);
    }

    /** Waiting partitions are written again before the entries with them are deleted. */
    @Test
    void nothingIsDeletedWhenWhatWaitsCannotBeKept() {
        fixture.table("")
                .data("dt=2026-11-05/hour=7")
                .processed("dt=2026-11-05/hour=7", "2026-11-05", "7")
                .data("dt=2026-11-05/hour=8")
                .told(TOLD, "flights/dt=2026-11-05/hour=8/");
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().startsWith("state/inbox/"))
                .then(Fault.accessDenied());

        assertThatThrownBy(() -> fixture.detect(
                        NAMES + ", 'detection': {'mode': 'events', 'readiness': {'marker': '_SUCCESS'}}"))
                .isInstanceOf(S3Exception.class);

        assertThat(fixture.inbox.keys()).hasSize(1);
    }
}
