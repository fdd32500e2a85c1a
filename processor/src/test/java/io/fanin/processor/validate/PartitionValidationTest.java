package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.JSON;
import static io.fanin.processor.validate.Checked.PREFIX;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.sound;
import static io.fanin.processor.validate.Checked.unsound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.inventory.Emptiness;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionValidationTest {
    @Test
    void soundPartitionIsSummedUp() {
        ObjectSummary newest =
                new ObjectSummary(PREFIX + "b.json", 10, "\"b\"", InMemoryObjects.WRITTEN.plusSeconds(60));
        InMemoryObjects objects = new InMemoryObjects()
                .put(PREFIX + "a.json", "{}\n{}\n")
                .put(newest, () -> new ByteArrayInputStream("{\"a\": 11}\n".getBytes(StandardCharsets.UTF_8)))
                .put(PREFIX + "nested/c.json", "");

        PartitionReport.Sound report = sound(partition(JSON, objects));

        assertThat(report.inventory().files()).isEqualTo(3);
        assertThat(report.inventory().bytes()).isEqualTo(16);
        assertThat(report.rows()).hasValue(3);
        assertThat(report.inventory().newest()).contains(newest.lastModified());
        assertThat(report.inventory().hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void versionsThatAnotherProcessorHasMadeAreNotReadTogether() {
        String version = PREFIX + "version-0123456789abcdef-1/part-00000.parquet";
        InMemoryObjects objects =
                new InMemoryObjects().put(PREFIX + "a.json", "{}\n").put(version, "{}\n");

        assertThatThrownBy(() -> partition(JSON, objects).report())
                .isInstanceOfSatisfying(
                        ConversionException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.FOREIGN_OBJECTS))
                .hasMessageContaining(version);
    }

    @Test
    void partitionWithoutObjectsHasNoObjects() {
        assertThat(partition(JSON, new InMemoryObjects()).report())
                .hasValue(new PartitionReport.Empty(
                        Emptiness.NOTHING,
                        "partition " + PREFIX + " holds no objects: expected data; write it, or wait for it"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_SUCCESS",
                ".part-0.json.crc",
                "_temporary/0/part-0.json",
                "a/.hidden/part-0.json",
            })
    void namesThatReadersIgnoreAreNoData(String name) {
        InMemoryObjects objects = new InMemoryObjects().put(PREFIX + name, "x");

        assertThat(ignored(partition(JSON, objects)))
                .isEqualTo("partition %s holds no data objects: 1 name that readers ignore (e.g. %s); write its data"
                                .formatted(PREFIX, PREFIX + name)
                        + " under other names");
        assertThat(objects.reads).isEmpty();
    }

    /** The console, Hadoop and EMR leave such markers before anything is written. */
    @ParameterizedTest
    @ValueSource(strings = {"", "sub/", "sub_$folder$", "_temporary/"})
    void prefixWithOnlyAFolderMarkerIsNoPartition(String name) {
        InMemoryObjects objects = new InMemoryObjects().put(PREFIX + name, "");

        assertThat(partition(JSON, objects).report())
                .hasValue(new PartitionReport.Empty(
                        Emptiness.FOLDER_MARKERS,
                        "%s is not a partition yet: it holds nothing but 1 marker of a".formatted(PREFIX)
                                + " folder (e.g. %s)".formatted(PREFIX + name)));
        assertThat(objects.reads).isEmpty();
    }

    @Test
    void folderMarkerBesideIgnoredNamesHidesNoMissingData() {
        InMemoryObjects objects =
                new InMemoryObjects().put(PREFIX, "").put(PREFIX + "sub/", "").put(PREFIX + "_SUCCESS", "");

        assertThat(ignored(partition(JSON, objects))).contains("3 names");
    }

    @Test
    void markerOfAFolderBesideDataIsPassedOver() {
        InMemoryObjects objects = new InMemoryObjects().put(PREFIX, "").put(PREFIX + "a.json", "{}");

        assertThat(sound(partition(JSON, objects)).inventory().files()).isEqualTo(1);
    }

    @Test
    void folderNameWithContentIsNoMarker() {
        InMemoryObjects objects = new InMemoryObjects().put(PREFIX + "sub/", "{}");

        assertThat(unsound(partition(JSON, objects), FailureCode.WRONG_FORMAT)).hasMessageContaining("ends in a slash");
    }

    @Test
    void ignoredNamesAreCountedAndSampled() {
        InMemoryObjects objects = new InMemoryObjects();
        for (int i = 0; i < 5; i++) {
            objects.put(PREFIX + "_" + i, "");
        }

        assertThat(ignored(partition(JSON, objects)))
                .contains("5 names")
                .contains("_2)")
                .doesNotContain("_3");
    }

    @Test
    void hiddenSegmentAboveThePartitionDoesNotHideIt() throws IOException {
        InMemoryObjects objects = new InMemoryObjects().put("_raw/.x/dt=1/a.json", "{}");

        assertThat(PartitionValidation.ofJson(objects, List.of(), RowSamples.SHOWN, Deadline.NONE)
                        .validate("_raw/.x/dt=1/"))
                .isInstanceOfSatisfying(
                        PartitionReport.Sound.class,
                        sound -> assertThat(sound.rows()).hasValue(1));
    }

    @Test
    void firstUnsoundObjectEndsTheValidation() {
        InMemoryObjects objects = new InMemoryObjects()
                .put(PREFIX + "a.json", "{}")
                .put(PREFIX + "b.json", "[]")
                .put(PREFIX + "c.json", "]");

        assertThat(unsound(partition(JSON, objects), FailureCode.BAD_RECORD)).hasMessageContaining(PREFIX + "b.json");
        assertThat(objects.reads).containsExactly(PREFIX + "a.json", PREFIX + "b.json");
    }

    @Test
    void inventoryHashDoesNotDependOnTheOrder() {
        InMemoryObjects forward = new InMemoryObjects().put(PREFIX + "a", "{}").put(PREFIX + "b", "");
        InMemoryObjects backward = new InMemoryObjects().put(PREFIX + "b", "").put(PREFIX + "a", "{}");

        assertThat(hash(forward)).isEqualTo(hash(backward));
    }

    @ParameterizedTest
    @CsvSource({"a, 2, e", "b, 2, f", "b, 3, e"})
    void inventoryHashDependsOnKeyEtagAndSize(String name, long size, String etag) {
        assertThat(hash(one(name, size, etag))).isNotEqualTo(hash(one("b", 2, "e")));
    }

    @Test
    void inventoryHashIsTheOneThatIsDocumented() {
        // SHA-256 of "b\0e\0002", computed elsewhere.
        assertThat(hash(one("b", 2, "e")))
                .isEqualTo("c3b108078c4e03a3eb29dd20116589d9bcd7daff637d72b31b3d8c04ad455b56");
    }

    @Test
    void inventoryHashIgnoresWhatReadersIgnore() {
        InMemoryObjects marked = one("b", 2, "e").put(PREFIX + "_SUCCESS", "");

        assertThat(hash(marked)).isEqualTo(hash(one("b", 2, "e")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.json.gz"})
    void bytesThatCannotBeFetchedSayNothingAboutTheData(String name) {
        IOException reset = new IOException("Connection reset");
        InMemoryObjects objects = new InMemoryObjects()
                .put(InMemoryObjects.summary(PREFIX + name, 9), () -> new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw reset;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        throw reset;
                    }
                });

        assertThatThrownBy(() -> PartitionValidation.ofJson(objects, List.of(), RowSamples.SHOWN, Deadline.NONE)
                        .validate(PREFIX))
                .isSameAs(reset);
    }

    @Test
    void failureOfTheServiceIsThrownAsItIs() {
        IllegalStateException slowDown = new IllegalStateException("SlowDown");
        InMemoryObjects objects = new InMemoryObjects().put(InMemoryObjects.summary(PREFIX + "a", 9), () -> {
            throw slowDown;
        });

        assertThatThrownBy(() -> PartitionValidation.ofJson(objects, List.of(), RowSamples.SHOWN, Deadline.NONE)
                        .validate(PREFIX))
                .isSameAs(slowDown);
    }

    @Test
    void vanishedObjectIsReported() {
        InMemoryObjects objects = new InMemoryObjects().put(InMemoryObjects.summary(PREFIX + "a", 9), () -> {
            throw ObjectDefectException.ofObject(PREFIX + "a", FailureCode.VANISHED, " was deleted while being read");
        });

        assertThat(unsound(partition(JSON, objects), FailureCode.VANISHED)).hasMessageContaining(PREFIX + "a");
    }

    @Test
    void keyWithControlCharactersKeepsTheMessageOnOneLine() {
        String name = "a\r\n\u001b[2J\u202e" + "b".repeat(900);

        assertThat(unsound(partition(JSON, name, "[]"), FailureCode.WRONG_FORMAT))
                .hasMessageContaining("b".repeat(200));
        assertThat(unsound(partition(JSON, "a\n\u202e.json", "[]"), FailureCode.BAD_RECORD)
                        .getMessage())
                .startsWith("object " + PREFIX + "a??.json, line 1");
    }

    @Test
    void prefixThatNeighboursShareIsRefused() {
        assertThatThrownBy(() -> PartitionValidation.ofJson(
                                new InMemoryObjects(), List.of(), RowSamples.SHOWN, Deadline.NONE)
                        .validate("dt=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'dt=1': expected to end in /");
    }

    private static InMemoryObjects one(String name, long size, String etag) {
        return new InMemoryObjects()
                .put(
                        new ObjectSummary(PREFIX + name, size, etag, InMemoryObjects.WRITTEN),
                        () -> new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static String ignored(Checked.Validated validated) {
        PartitionReport.Empty empty = (PartitionReport.Empty) validated.report().orElseThrow();
        assertThat(empty.what()).isEqualTo(Emptiness.IGNORED_NAMES);
        return empty.message();
    }

    private static String hash(InMemoryObjects objects) {
        return sound(partition(JSON, objects)).inventory().hash();
    }
}
