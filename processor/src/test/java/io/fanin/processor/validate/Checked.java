package io.fanin.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.table.CsvOptions;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.samples.RowSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One-object partitions, validated. */
final class Checked {
    static final String PREFIX = "flights/dt=2013-02-08/";
    static final Text JSON = new Text(Optional.empty());

    private Checked() {}

    /** A format of text: CSV, or JSON where nothing is said of CSV. */
    record Text(Optional<CsvOptions> csv) {
        static Text csv(char delimiter, boolean quoted, boolean header) {
            return new Text(Optional.of(new CsvOptions(delimiter, quoted, header)));
        }
    }

    static PartitionReport partition(Text format, String name, byte[] bytes) {
        return partition(format, new InMemoryObjects().put(PREFIX + name, bytes));
    }

    static PartitionReport partition(Text format, String name, String text) {
        return partition(format, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static PartitionReport partition(Text format, ObjectSource source) {
        try {
            return validation(source, format).validate(PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PartitionValidation validation(ObjectSource source, Text format) {
        return format.csv()
                .map(csv -> PartitionValidation.ofCsv(source, csv))
                .orElseGet(() -> PartitionValidation.ofJson(source, RowSamples.SHOWN));
    }

    static PartitionReport.Sound sound(PartitionReport report) {
        assertThat(report).isInstanceOf(PartitionReport.Sound.class);
        return (PartitionReport.Sound) report;
    }

    static long rows(PartitionReport report) {
        return sound(report).rows().orElseThrow();
    }

    static PartitionReport.Unsound unsound(PartitionReport report, Defect defect) {
        assertThat(report).isInstanceOf(PartitionReport.Unsound.class);
        PartitionReport.Unsound unsound = (PartitionReport.Unsound) report;
        assertThat(unsound.defect()).as(unsound.message()).isEqualTo(defect);
        assertThat(unsound.message()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(700);
        return unsound;
    }
}
