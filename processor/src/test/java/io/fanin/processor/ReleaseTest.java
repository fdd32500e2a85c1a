package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.Receipt;
import io.fanin.processor.convert.Conversions;
import io.fanin.processor.convert.PartitionMaker;
import io.fanin.processor.parquet.RowRules;
import io.fanin.records.files.ConversionReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.io.function.IORunnable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The results of partitions are reported even if releasing disk and memory fails. */
class ReleaseTest extends BatchTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("folder", (IORunnable) () -> {
                    throw new IOException("the folder could not be deleted");
                }),
                Arguments.of("database", (IORunnable) () -> {
                    throw new IllegalStateException("the connection was lost");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void partitionsThatWereMadeAreReported(String what, IORunnable failure) throws IOException {
        writeSpec("convert");
        for (int hour = 0; hour < 2; hour++) {
            fixture.s3.put("landing", BatchFixture.prefix(hour) + "a.json", "{\"id\":1}");
        }
        Conversions real = fixture.conversions;
        fixture.conversions = (spec, convert, raw, target, deadline) ->
                new Unclosable(real.open(spec, convert, raw, target, deadline), failure);

        assertThat(fixture.receipt(2)).isEqualTo(new Receipt.Processed(7, 2, 0));
        assertProcessed(fixture.results().get(1), 1);
    }

    private record Unclosable(PartitionMaker maker, IORunnable failure) implements PartitionMaker {

        @Override
        public ConversionReport make(Partition partition, String from, Consumer<Path> quarantine, RowRules check)
                throws IOException {
            return maker.make(partition, from, quarantine, check);
        }

        @Override
        public void close() throws IOException {
            maker.close();
            failure.run();
        }
    }

    private void writeSpec(String processor) {
        fixture.writeSpec(
                "parquet",
                "{\"name\": \"id\", \"type\": \"int\"}",
                processor.equals("convert") ? """
                "source": {"location": "s3://landing/flights/", "format": "json", "layout": "hive",
                           "partitionKeys": [{"name": "hour", "type": "int"}]},
                "processor": {"type": "convert"}""" : "\"processor\": {\"type\": \"" + processor + "\"}");
    }
}
