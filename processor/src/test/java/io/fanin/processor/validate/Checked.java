package io.fanin.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.objects.Defect;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.samples.RowSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One-object partitions, validated. */
final class Checked {
    static final String PREFIX = "flights/dt=2013-02-08/";
    static final ObjectFormat JSON = new ObjectFormat.JsonLines();

    private Checked() {}

    static PartitionReport partition(ObjectFormat format, String name, byte[] bytes) {
        return partition(format, new InMemoryObjects().put(PREFIX + name, bytes));
    }

    static PartitionReport partition(ObjectFormat format, String name, String text) {
        return partition(format, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static PartitionReport partition(ObjectFormat format, ObjectSource source) {
        try {
            return validation(source, format).validate(PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PartitionValidation validation(ObjectSource source, ObjectFormat format) {
        return switch (format) {
            case ObjectFormat.JsonLines json -> PartitionValidation.ofJson(source, RowSamples.SHOWN);
            case ObjectFormat.Csv csv -> PartitionValidation.ofCsv(source, csv);
            case ObjectFormat.Parquet parquet -> throw new IllegalArgumentException("Parquet is no text");
        };
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
