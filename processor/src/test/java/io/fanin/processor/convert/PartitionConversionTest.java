package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.FROM;
import static io.fanin.processor.convert.ConversionFixture.LAKE;
import static io.fanin.processor.convert.ConversionFixture.LANDING;
import static io.fanin.processor.convert.ConversionFixture.TO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.fanin.core.inventory.Emptiness;
import io.fanin.core.s3.ObjectChangedException;
import io.fanin.core.spec.BadRecordLimit;
import io.fanin.core.spec.OnBadRecord;
import io.fanin.core.table.Column;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.table.DataFormat;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A partition's raw data becomes Parquet in the table, whole or not at all. */
class PartitionConversionTest {

    private static final String ONE = "{\"id\":1,\"name\":\"a\"}\n";
    private static final String TWO = "{\"id\":2,\"name\":\"b\"}\n";

    @TempDir
    private Path folder;

    private ConversionFixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new ConversionFixture(Files.createDirectory(folder.resolve("scratch")));
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(fixture.scratchFiles()).isEmpty();
        assertThat(fixture.s3.uploadsUnderWay()).isEmpty();
    }

    @Test
    void recordsOfAllObjectsAreInOneFile() throws IOException {
        fixture.raw("a.json", ONE).raw("b.json", TWO).raw("_SUCCESS", "").raw("c.json", "");

        ConversionReport.Converted converted = fixture.converted();

        assertThat(fixture.written()).containsExactly("part-00000.parquet");
        assertThat(fixture.rows()).containsExactly("1|a", "2|b");
        assertThat(converted.rows()).isEqualTo(2);
        assertThat(converted.bad()).isZero();
        assertThat(converted.read().files()).isEqualTo(3);
        assertThat(converted.written().files()).isEqualTo(1);
        assertThat(converted.written().bytes())
                .isEqualTo(fixture.s3.get(LAKE, TO + "part-00000.parquet").orElseThrow().length);
    }

    @Test
    void contentTellsTheCompressionWhateverTheNameSays() throws IOException {
        fixture.raw("plain.json.gz", ONE)
                .raw("gzip.json", gzip(TWO, "{\"id\":3}"))
                .raw("zstd", Zstd.compress("{\"id\":4}".getBytes(StandardCharsets.UTF_8)));

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("1|a", "2|b", "3|null", "4|null");
    }

    @Test
    void namesOfColumnsAndFoldersNeverReachSqlUnquoted() throws IOException {
        fixture = new ConversionFixture(Files.createDirectories(
                folder.resolve("'; DROP TABLE x; --\n\"quoted\"").resolve("scratch")));
        fixture.columns = List.of(
                new Column("'; DROP TABLE x; --", "int"),
                new Column("a\"b\nc", "struct<d'e:int,f\"g:string>"),
                new Column("select", "array<string>"));
        fixture.raw(
                "'; DROP TABLE x; --\n\".json",
                "{\"'; DROP TABLE x; --\":1,\"a\\\"b\\nc\":{\"d'e\":2,\"f\\\"g\":\"'\\\"\"},\"SELECT\":[\"'); --\"]}");

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("1|{d'e=2, f\"g='\"}|['); --]");
    }

    @Test
    void convertingAgainReplacesAndRemovesEarlierFiles() throws IOException {
        fixture.raw("a.json", ONE);
        own("part-00000.parquet", "old");
        own("part-00001.parquet", "older");
        fixture.s3.put(LAKE, TO + "_SUCCESS", "").put(LAKE, TO + ".part-00000.parquet.crc", "x");

        fixture.convert();

        assertThat(fixture.written()).containsExactly(".part-00000.parquet.crc", "_SUCCESS", "part-00000.parquet");
        assertThat(operations())
                .containsSubsequence("PutObject", "ListObjectsV2", "DeleteObjects")
                .endsWith("DeleteObjects");
    }

    @ParameterizedTest
    @ValueSource(strings = {"part-00000.parquet", "part-00007.parquet"})
    void fileOfAnotherTableFailsThePartitionAndStays(String name) {
        fixture.raw("a.json", ONE);
        fixture.s3.put(LAKE, TO + name, "theirs", "fanin-table", "analytics.copy");

        assertFails("ForeignObjects", TO + name + ", written for analytics.copy)");

        assertThat(fixture.written()).containsExactly(name);
        assertThat(fixture.s3.text(LAKE, TO + name)).contains("theirs");
        assertThat(operations()).doesNotContain("PutObject", "CreateMultipartUpload", "DeleteObjects");
    }

    @Test
    void fileOfNobodyKnownIsNotReplaced() {
        fixture.raw("a.json", ONE);
        fixture.s3.put(LAKE, TO + "part-00000.parquet", "theirs");

        assertFails("ForeignObjects", TO + "part-00000.parquet, which names no table)");

        assertThat(fixture.s3.text(LAKE, TO + "part-00000.parquet")).contains("theirs");
    }

    @Test
    void fileThatSomebodyWritesMeanwhileIsNotReplaced() {
        fixture.raw("a.json", ONE);
        fixture.s3
                .faults()
                .on("PutObject")
                .nth(1)
                .thenRun(() -> fixture.s3.put(LAKE, TO + "part-00000.parquet", "theirs"));

        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOf(ObjectChangedException.class)
                .hasMessageContaining(TO + "part-00000.parquet was changed while it was written");
        assertThat(fixture.s3.text(LAKE, TO + "part-00000.parquet")).contains("theirs");
        assertFails("ForeignObjects", TO + "part-00000.parquet");
    }

    @Test
    void onlyFilesToReplaceAreLookedAtOnce() throws IOException {
        fixture.raw("a.json", ONE);
        fixture.convert();
        assertThat(operations()).doesNotContain("HeadObject");
        fixture.s3.log().reset();

        fixture.convert();

        assertThat(operations()).filteredOn("HeadObject"::equals).hasSize(1);
        assertThat(fixture.rows()).hasSize(1);
    }

    @Test
    void nothingIsWrittenBesideOtherData() {
        fixture.raw("a.json", ONE);
        fixture.s3.put(LAKE, TO + "part-00000.snappy.parquet", "x");

        assertFails("ForeignObjects", TO + "part-00000.snappy.parquet");
        assertThat(fixture.written()).containsExactly("part-00000.snappy.parquet");
    }

    @Test
    void badRecordsAreQuarantinedWithFileLineAndReason() throws IOException {
        fixture.raw("a.json", ONE + "{\"id\":\"x\"}\nnonsense\n" + TWO);

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isEqualTo(2);
        assertThat(converted.bad()).isEqualTo(2);
        assertThat(fixture.quarantined)
                .containsExactly(
                        "{\"file\":\"s3://landing/" + FROM + "a.json\",\"line\":2,"
                                + "\"reason\":\"column id: expected bigint, found \\\"x\\\"\",\"raw\":\"{\\\"id\\\":\\\"x\\\"}\"}",
                        "{\"file\":\"s3://landing/" + FROM + "a.json\",\"line\":3,"
                                + "\"reason\":\"expected a JSON object, found 'n'\",\"raw\":\"nonsense\"}");
    }

    @Test
    void tooManyBadRecordsFailThePartition() {
        fixture.maxBadRecords = BadRecordLimit.DEFAULT;
        fixture.raw("a.json", ONE.repeat(98) + "{\n{\n");

        assertFails("BadRecords", "2 bad records of 100, the first one: s3://landing/" + FROM + "a.json, line 99");
        assertThat(fixture.written()).isEmpty();
    }

    @Test
    void asManyBadRecordsAsAllowedAreLeftOut() throws IOException {
        fixture.maxBadRecords = BadRecordLimit.DEFAULT;
        fixture.onBadRecord = OnBadRecord.IGNORE;
        fixture.raw("a.json", ONE.repeat(99) + "{\n");

        assertThat(fixture.converted().rows()).isEqualTo(99);
        assertThat(fixture.quarantined).isEmpty();
    }

    @Test
    void firstBadRecordFailsThePartitionWhereNoneIsAllowed() {
        fixture.onBadRecord = OnBadRecord.FAIL;
        fixture.raw("a.json", ONE + "{\"id\":1.5}");

        assertFails("BadRecords", "line 2: column id: expected bigint, found 1.5");
    }

    @Test
    void csvIsReadByItsHeader() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions(';', true, true);
        fixture.raw("a.csv", "\uFEFFName;other;ID\r\n\"x;\"\"y\n\\\"z\";1;7\r\n\\N;2;8\r\n\"\";;9\r\n");
        fixture.raw("b.csv", "id;name\n1;a\n1;2;3\n\n2;b");

        ConversionReport.Converted converted = fixture.converted();

        assertThat(fixture.rows()).containsExactly("1|a", "2|b", "7|x;\"y\n\"z", "8|null", "9|");
        assertThat(converted.bad()).isEqualTo(1);
        assertThat(fixture.quarantined).singleElement().asString().contains("expected 2 fields, found 3", "\"line\":3");
    }

    @Test
    void csvWithoutHeaderIsReadByPlace() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions('\t', false, false);
        fixture.columns = List.of(
                new Column("id", "int"), new Column("name", "string"), new Column("tags", "map<string,array<int>>"));
        fixture.raw("a.tsv", "1\t\"a\"\t{\"k\":[1,2]}\n2\t\t\n3\tx\t{\"k\":1}\n");

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("1|\"a\"|{k=[1, 2]}", "2|null|null");
        assertThat(fixture.quarantined)
                .singleElement()
                .asString()
                .contains("column tags: expected map<string,array<int>>, found {");
    }

    @Test
    void brokenJsonInAQuotedFieldIsOneBadRecord() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions(',', true, true);
        fixture.columns = List.of(new Column("id", "int"), new Column("tags", "array<int>"));
        fixture.raw("a.csv", "id,tags\n1,\"[1,\n2,\n3\"\n2,\"[4,\n5]\"\n3, \n");

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("2|[4, 5]");
        assertThat(fixture.quarantined)
                .hasSize(2)
                .anySatisfy(bad -> assertThat(bad)
                        .contains(
                                "column tags: expected array<int>, found [1,?2,?3",
                                "\"line\":2,",
                                "1,\\\"[1,\\n2,\\n3\\\""))
                .anySatisfy(bad -> assertThat(bad).contains("column tags: expected array<int>", "\"line\":7,"));
    }

    @Test
    void nullTextAndEmptyFieldsOfOtherTypesAreNull() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions(',', true, true, Optional.of("NA"));
        fixture.raw("a.csv", "id,name\n1,NA\nNA,\\N\n,x\n4,\n5,\"NA\"\n");

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("1|null", "4|", "5|NA", "null|\\N", "null|x");
    }

    @Test
    void headerThatNamesNoColumnFailsThePartition() {
        fixture.format = DataFormat.CSV;
        fixture.raw("a.csv", "x,y\n1,2\n");

        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOf(UnsoundObjectException.class)
                .hasMessageContaining(FROM + "a.csv")
                .hasMessageContaining("it names none of the table's columns");
    }

    @Test
    void filesOfALargePartitionBecomeVisibleTogether() throws IOException {
        fixture.fileMegabytes = Optional.of(1);
        fixture.settings = new ConversionSettings(folder.resolve("scratch"), 128L << 20, 400L << 20, 2, 2, 1L << 20);
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
    void partitionWithoutObjectsHasNoData() throws IOException {
        assertThat(fixture.convert()).isInstanceOfSatisfying(ConversionReport.NoData.class, none -> {
            assertThat(none.what()).isEqualTo(Emptiness.NOTHING);
            assertThat(none.message()).contains("s3://landing/" + FROM);
        });
        fixture.raw("", "");
        assertThat(fixture.convert())
                .isInstanceOfSatisfying(
                        ConversionReport.NoData.class,
                        none -> assertThat(none.what()).isEqualTo(Emptiness.FOLDER_MARKERS));
    }

    @Test
    void objectsWithNothingInThemMakeAPartitionWithoutRows() throws IOException {
        fixture.raw("a.json", "").raw("b.json.gz", gzip("")).raw("c.json", "\n \n");
        own("part-00000.parquet", "of an earlier day");

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isZero();
        assertThat(converted.read().files()).isEqualTo(3);
        assertThat(fixture.written()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 40})
    void gzipThatIsCutShortFailsThePartition(int kept) throws IOException {
        fixture.raw("a.json", ONE).raw("b.json.gz", Arrays.copyOf(gzip(ONE + TWO.repeat(500)), kept));

        assertUnsound(Defect.TRUNCATED, FROM + "b.json.gz");
    }

    @Test
    void zstdThatIsDamagedOrCutShortFailsThePartition() {
        byte[] zstd = Zstd.compress(lines(0, 1_000).getBytes(StandardCharsets.UTF_8));
        byte[] damaged = zstd.clone();
        Arrays.fill(damaged, 20, 40, (byte) 0xFF);

        fixture.raw("b.json.zst", damaged);
        assertUnsound(Defect.BAD_ZSTD, FROM + "b.json.zst");
        fixture.raw("b.json.zst", Arrays.copyOf(zstd, zstd.length / 2));
        assertUnsound(Defect.TRUNCATED, FROM + "b.json.zst");
    }

    @Test
    void parquetAmongTheRawDataFailsThePartition() {
        fixture.raw("b.json", "PAR1\u0015\u0004");

        assertUnsound(Defect.WRONG_FORMAT, "is Parquet by its first bytes");
    }

    @Test
    void textInUtf16FailsThePartition() {
        fixture.raw("b.json", ONE.getBytes(StandardCharsets.UTF_16));

        assertUnsound(Defect.WRONG_FORMAT, "is UTF-16 by its first bytes: expected text in UTF-8");
    }

    @Test
    void objectDeletedWhileTheOthersAreReadFailsThePartition() {
        fixture.raw("a.json", ONE).raw("b.json", TWO);
        fixture.s3
                .faults()
                .on("GetObject")
                .first(1)
                .thenRun(() -> fixture.s3.delete(LANDING, FROM + "a.json").delete(LANDING, FROM + "b.json"));

        assertUnsound(Defect.VANISHED, "was deleted while being read");
    }

    @Test
    void objectReplacedWhileItIsReadFailsThePartition() {
        fixture.raw("a.json", ONE);
        fixture.s3.faults().on("GetObject").first(1).thenRun(() -> fixture.raw("a.json", TWO));

        assertUnsound(Defect.REPLACED, "was replaced while being read");
    }

    /** 1 GB of one character in a record without end: held neither in memory nor on the disk. */
    @Test
    void gzipBombIsABadRecord() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write("{\"name\":\"".getBytes(StandardCharsets.UTF_8));
            byte[] megabyte = new byte[1 << 20];
            Arrays.fill(megabyte, (byte) 'x');
            for (int i = 0; i < 1_000; i++) {
                gzip.write(megabyte);
            }
        }
        fixture.raw("a.json", ONE).raw("bomb.json.gz", bomb.toByteArray());

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.bad()).isEqualTo(1);
        assertThat(fixture.rows()).containsExactly("1|a");
    }

    @Test
    void thousandsOfTinyObjectsAreOneFile() throws IOException {
        int count = 3_000;
        for (int i = 0; i < count; i++) {
            fixture.raw(i + ".json", "{\"id\":" + i + "}");
        }

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isEqualTo(count);
        assertThat(fixture.written()).containsExactly("part-00000.parquet");
    }

    @Test
    void workIsGivenUpBeforeTheFunctionEnds() {
        AtomicInteger looks = new AtomicInteger();
        fixture.deadline = new Deadline(() -> looks.incrementAndGet() < 20 ? 60_000 : 5_000);
        for (int i = 0; i < 200; i++) {
            fixture.raw(i + ".json", ONE);
        }

        assertFails("DeadlineExceeded", "records of " + FROM + " are read");
        assertThat(fixture.written()).isEmpty();
    }

    @Test
    void nothingIsPublishedWithoutTheTimeForAllOfIt() {
        fixture.deadline = new Deadline(() -> 15_000);
        fixture.raw("a.json", ONE);

        assertFails("DeadlineExceeded", "1 rows are converted into 1 files; nothing was published");
        assertThat(fixture.written()).isEmpty();
    }

    @RepeatedTest(3)
    void exhaustedMemoryNamesTheParameterToRaise() {
        fixture.columns = List.of(new Column("id", "bigint"), new Column("name", "array<string>"));
        fixture.settings = new ConversionSettings(folder.resolve("scratch"), 1L << 30, 128L << 20, 4, 2, 16L << 20);
        String list = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"element " + i + "\"")
                .collect(Collectors.joining(","));
        for (int i = 0; i < 60; i++) {
            fixture.raw(i + ".json", "{\"id\":" + i + ",\"name\":[" + list + "]}\n");
        }

        assertFails("OutOfMemory", "ProcessorMemory");
        assertThat(fixture.written()).isEmpty();
    }

    @Test
    void typeThatCannotBeConvertedIntoIsNamed() {
        fixture.columns = List.of(new Column("id", "uniontype<int,string>"));
        fixture.raw("a.json", ONE);

        assertFails("UnsupportedType", "column 'id': 'uniontype' is no type that raw data can be converted into");
    }

    @Test
    void anotherWriterOfTheSamePartitionIsNoticed() {
        fixture.raw("a.json", ONE);
        fixture.s3
                .faults()
                .on("PutObject")
                .thenRunAfter(() -> fixture.s3.put(LAKE, TO + "part-00000.parquet", "theirs"));

        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was changed while it was written");
    }

    /** A file that an earlier conversion has left. */
    private void own(String name, String content) {
        fixture.s3.put(LAKE, TO + name, content, "fanin-table", "analytics.flights");
    }

    private void assertFails(String errorType, String message) {
        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOfSatisfying(
                        ConversionException.class,
                        e -> assertThat(e.errorType()).isEqualTo(errorType))
                .hasMessageContaining(message);
    }

    private void assertUnsound(Defect defect, String message) {
        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOfSatisfying(
                        UnsoundObjectException.class,
                        e -> assertThat(e.defect()).isEqualTo(defect))
                .hasMessageContaining(message);
        assertThat(fixture.written()).isEmpty();
    }

    private List<String> operations() {
        return fixture.s3.log().calls().stream().map(Call::operation).toList();
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":%d,\"name\":\"%s\"}\n".formatted(i, Long.toHexString(i * 0x9E3779B97F4A7C15L)))
                .collect(Collectors.joining());
    }

    /** One member for each text. */
    private static byte[] gzip(String... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
