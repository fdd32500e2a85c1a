package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.LAKE;
import static io.fanin.processor.convert.ConversionFixture.ONE;
import static io.fanin.processor.convert.ConversionFixture.TO;
import static io.fanin.processor.convert.ConversionFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.ObjectChangedException;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.model.run.PartitionVersion;
import io.fanin.processor.VersionedFiles;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.scratch.ConversionSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The files of a version of a partition, which takes the place of nothing. */
class ConvertedFilesTest {

    private static final String FIRST = TO + VersionedFiles.folder(1) + "part-00000.parquet";

    @AutoClose
    private final ConversionFixture fixture = new ConversionFixture();

    @Test
    void eachConversionIsAVersionBesideTheOthers() throws IOException {
        fixture.raw("a.json", ONE);
        fixture.own("part-00000.parquet", "old");
        fixture.own("part-00001.parquet", "older");
        fixture.s3.put(LAKE, TO + "_SUCCESS", "").put(LAKE, TO + ".part-00000.parquet.crc", "x");

        PartitionVersion first = fixture.converted().version();
        PartitionVersion second = fixture.converted().version();

        assertThat(first.superseded()).as("files of the folder itself").containsExactly("");
        assertThat(second.superseded()).containsExactly("", first.folder());
        assertThat(fixture.s3.keys(LAKE, TO))
                .containsExactly(
                        TO + ".part-00000.parquet.crc",
                        TO + "_SUCCESS",
                        TO + "part-00000.parquet",
                        TO + "part-00001.parquet",
                        TO + first.folder() + "/part-00000.parquet",
                        TO + second.folder() + "/part-00000.parquet");
        assertThat(fixture.s3.text(LAKE, TO + "part-00000.parquet")).contains("old");
        assertThat(operations()).doesNotContain("DeleteObjects");
    }

    @Test
    void versionOfAnotherTableFailsThePartition() {
        fixture.raw("a.json", ONE);
        String theirs = TO + VersionedFiles.folder(1) + "part-00000.parquet";
        fixture.s3.put(LAKE, theirs, "theirs", "fanin-table", "analytics.copy");

        fixture.assertFails("ForeignObjects", theirs + ", written for analytics.copy)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"part-00000.parquet", "part-00007.parquet"})
    void fileOfAnotherTableFailsThePartitionAndStays(String name) {
        fixture.raw("a.json", ONE);
        fixture.s3.put(LAKE, TO + name, "theirs", "fanin-table", "analytics.copy");

        fixture.assertFails("ForeignObjects", TO + name + ", written for analytics.copy)");

        assertThat(fixture.s3.keys(LAKE, TO)).containsExactly(TO + name);
        assertThat(fixture.s3.text(LAKE, TO + name)).contains("theirs");
        assertThat(operations()).doesNotContain("PutObject", "CreateMultipartUpload", "DeleteObjects");
    }

    @Test
    void fileOfNobodyKnownIsNotReplaced() {
        fixture.raw("a.json", ONE);
        fixture.s3.put(LAKE, TO + "part-00000.parquet", "theirs");

        fixture.assertFails("ForeignObjects", TO + "part-00000.parquet, which names no table)");

        assertThat(fixture.s3.text(LAKE, TO + "part-00000.parquet")).contains("theirs");
    }

    @Test
    void fileThatSomebodyWritesMeanwhileIsNotReplaced() {
        fixture.raw("a.json", ONE);
        fixture.s3.faults().on("PutObject").nth(1).thenRun(() -> fixture.s3.put(LAKE, FIRST, "theirs"));

        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOf(ObjectChangedException.class)
                .hasMessageContaining(FIRST + " was changed while it was written");
        assertThat(fixture.s3.text(LAKE, FIRST)).contains("theirs");
        fixture.assertFails("ForeignObjects", FIRST);
    }

    @Test
    void onlyOneFileOfEachVersionIsLookedAt() throws IOException {
        fixture.fileMegabytes = Optional.of(1);
        fixture.raw("a.json", lines(0, 400_000));
        fixture.convert();
        assertThat(fixture.written()).hasSizeGreaterThan(2);
        assertThat(operations()).doesNotContain("HeadObject");
        fixture.s3.log().reset();

        fixture.convert();

        assertThat(operations()).filteredOn("HeadObject"::equals).hasSize(1);
    }

    @Test
    void nothingIsWrittenBesideOtherData() {
        fixture.raw("a.json", ONE);
        fixture.s3.put(LAKE, TO + "part-00000.snappy.parquet", "x");

        fixture.assertFails("ForeignObjects", TO + "part-00000.snappy.parquet");
        assertThat(fixture.s3.keys(LAKE, TO)).containsExactly(TO + "part-00000.snappy.parquet");
    }

    @Test
    void filesOfALargePartitionBecomeVisibleTogether() throws IOException {
        fixture.fileMegabytes = Optional.of(1);
        fixture.settings = new ConversionSettings(fixture.scratch(), 128L << 20, 400L << 20, 2, 2, 1L << 20);
        int rows = 400_000;
        for (int file = 0; file < 4; file++) {
            int first = file * rows / 4;
            fixture.raw(file + ".json", lines(first, first + rows / 4));
        }
        fixture.s3
                .faults()
                .on("CompleteMultipartUpload")
                .first(1)
                .thenRun(() -> assertThat(fixture.written())
                        .as("before the first is visible")
                        .isEmpty());

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isEqualTo(rows);
        assertThat(fixture.written()).hasSizeGreaterThan(2);
        assertThat(converted.written().files()).isEqualTo(fixture.written().size());
        assertThat(fixture.rows()).hasSize(rows).doesNotHaveDuplicates();
    }

    @Test
    void failureOfAnUploadLeavesNothing() {
        fixture.fileMegabytes = Optional.of(1);
        fixture.raw("a.json", lines(0, 400_000));
        fixture.s3.faults().on("UploadPart").nth(2).then(new Fault.Fail(403, "AccessDenied", "no"));

        assertThatThrownBy(() -> fixture.convert()).isInstanceOf(S3Exception.class);
        assertThat(fixture.written()).isEmpty();
    }

    @Test
    void anotherWriterOfTheSamePartitionIsNoticed() {
        fixture.raw("a.json", ONE);
        fixture.s3.faults().on("PutObject").thenRunAfter(() -> fixture.s3.put(LAKE, FIRST, "theirs"));

        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was changed while it was written");
    }

    private List<String> operations() {
        return fixture.s3.log().calls().stream().map(Call::operation).toList();
    }
}
