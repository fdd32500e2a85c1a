package io.fanin.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.S3AccessException;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Faults;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.RequestLog;
import io.fanin.model.run.Inventory;
import io.fanin.model.table.S3Location;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoriesTest {
    private static final String LIST = "ListObjectsV2";
    private static final String PREFIX = "events/dt=2026-11-01/";
    private static final S3Location PARTITION = new S3Location("lake", PREFIX);
    private static final Marker SUCCESS = new Marker.Named("_SUCCESS");
    private static final Instant WRITTEN = Instant.parse("2026-11-01T10:00:00Z");

    private final FakeS3 s3 = new FakeS3(new ManualClock(WRITTEN), new RequestLog(), new Faults()).createBucket("lake");
    private final Inventories inventories = new Inventories(new S3Pages(s3.client()));

    @Test
    void inventoryIsOfDataObjectsAlone() {
        put("a.json", "12").put("lake", PREFIX + "deeper/b.json", "345");
        Inventory before = inventory();

        put("_SUCCESS", "x");
        put("_temporary/0/part-0", "half");
        put(".part-0.crc", "sum");
        put("deeper/", "");
        put("deeper_$folder$", "");

        assertThat(before.files()).isEqualTo(2);
        assertThat(before.bytes()).isEqualTo(5);
        assertThat(before.newest()).contains(WRITTEN);
        assertThat(inventory()).isEqualTo(before);
    }

    @Test
    void neighbourThatBeginsAlikeIsNoPartOfIt() {
        put("a.json", "12");
        s3.put("lake", "events/dt=2026-11-01-late/b.json", "345");

        assertThat(inventory().files()).isEqualTo(1);
    }

    @Test
    void objectReplacedWithinASecondBySameSizeChangesTheHash() {
        put("a.json", "12");
        Inventory before = inventory();

        put("a.json", "34");

        assertThat(inventory().newest()).isEqualTo(before.newest());
        assertThat(inventory().hash()).isNotEqualTo(before.hash());
    }

    @Test
    void partitionWithoutObjectsHasAnInventoryOfNone() {
        Inspection inspection = inspect(SUCCESS);

        assertThat(inspection.inventory()).contains(new InventorySum(PREFIX).sum());
        assertThat(inspection.markerThere()).isFalse();
        assertThat(inspection.nothingButMarkers()).isFalse();
    }

    @Test
    void folderMarkersAloneAreNoPartition() {
        put("", "");
        put("deeper_$folder$", "");

        assertThat(inspect(SUCCESS).nothingButMarkers()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_SUCCESS", "_temporary/part-0", "a.json"})
    void anythingThatSomebodyWroteIsMoreThanFolderMarkers(String name) {
        put("", "");
        put(name, "");

        assertThat(inspect(Marker.NONE).nothingButMarkers()).isFalse();
    }

    @Test
    void markerIsFoundOnAnyPage() {
        files("A", 1_000);
        put("_SUCCESS", "");

        assertThat(inspect(SUCCESS).markerThere()).isTrue();
        assertThat(s3.log().count(LIST)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_SUCCESS.crc", "deeper/_SUCCESS", "_success", "_SUCCESS/part-0"})
    void markerHasExactlyItsNameAndLiesDirectlyInThePartition(String name) {
        put(name, "");

        assertThat(inspect(SUCCESS).markerThere()).isFalse();
        assertThat(inventories.markerThere(PARTITION, "_SUCCESS")).isFalse();
    }

    @Test
    void markerAloneCostsOneRequestOfOneKey() {
        files("part", 1_500);
        put("_SUCCESS", "");
        put("_SUCCESS.crc", "");

        assertThat(inventories.markerThere(PARTITION, "_SUCCESS")).isTrue();

        assertThat(s3.log().calls(LIST)).singleElement().satisfies(call -> {
            assertThat(call.target()).isEqualTo("lake/" + PREFIX + "_SUCCESS");
            assertThat(call.fact("max-keys")).isEqualTo("1");
            assertThat(call.fact("encoding-type")).isEqualTo("url");
        });
    }

    @Test
    void markerThatIsNotHiddenIsDataToo() {
        put("done.txt", "12");

        Inspection inspection = inspect(new Marker.Named("done.txt"));

        assertThat(inspection.markerThere()).isTrue();
        assertThat(inspection.inventory().orElseThrow().files()).isEqualTo(1);
    }

    @Test
    void lookEndsOnceThereAreMoreFilesThanTheLimit() {
        files("part", 2_500);

        Inspection inspection = inspect(Marker.NONE, 10);

        assertThat(inspection.inventory()).isEmpty();
        assertThat(s3.log().count(LIST)).isEqualTo(1);
    }

    @Test
    void asManyFilesAsTheLimitAreWithinIt() {
        files("part", 3);
        put("_SUCCESS", "");

        assertThat(inspect(SUCCESS, 3).inventory()).contains(inventory());
        assertThat(inspect(SUCCESS, 2).inventory()).isEmpty();
    }

    @Test
    void markerBehindTheLimitIsAskedForAlone() {
        files("A", 1_500);
        put("_SUCCESS", "");

        Inspection inspection = inspect(SUCCESS, 10);

        assertThat(inspection.markerThere()).isTrue();
        assertThat(s3.log().calls(LIST))
                .extracting(call -> call.target())
                .containsExactly("lake/" + PREFIX, "lake/" + PREFIX + "_SUCCESS");
    }

    @Test
    void markerBeforeTheLimitIsNotAskedForAgain() {
        put("_SUCCESS", "");
        files("part", 20);

        assertThat(inspect(SUCCESS, 10).markerThere()).isTrue();
        assertThat(s3.log().count(LIST)).isEqualTo(1);
    }

    @Test
    void limitBelowNoneIsRefused() {
        assertThatThrownBy(() -> inspect(SUCCESS, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void pagesThatAreCutShortLeaveTheInventoryWhole() {
        files("part", 1_500);
        s3.faults().on(LIST).nth(2).thenTruncate();

        assertThat(inventory().files()).isEqualTo(1_500);
    }

    @Test
    void answerAboutAMarkerThatIsCutShortIsAskedForAgain() {
        put("_SUCCESS", "").faults().on(LIST).nth(1).thenTruncate();

        assertThat(inventories.markerThere(PARTITION, "_SUCCESS")).isTrue();
    }

    @Test
    void refusalNamesThePartition() {
        put("a.json", "12").deny("lake", PREFIX);

        assertThatThrownBy(() -> inspect(SUCCESS))
                .isInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://lake/" + PREFIX);
        assertThatThrownBy(() -> inventories.markerThere(PARTITION, "_SUCCESS"))
                .isInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://lake/" + PREFIX);
    }

    private Inspection inspect(Marker marker) {
        return inspect(marker, Long.MAX_VALUE);
    }

    private Inspection inspect(Marker marker, long limit) {
        return inventories
                .inspect(PARTITION.bucket(), Map.of(PARTITION.prefix(), limit), marker)
                .get(PARTITION.prefix());
    }

    private Inventory inventory() {
        return inspect(Marker.NONE).inventory().orElseThrow();
    }

    private void files(String name, int count) {
        IntStream.range(0, count).forEach(i -> put("%s-%05d.json".formatted(name, i), "{}"));
    }

    private FakeS3 put(String name, String content) {
        return s3.put("lake", PREFIX + name, content);
    }
}
