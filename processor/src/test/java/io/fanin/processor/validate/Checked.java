package io.fanin.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.table.CsvOptions;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.UnsoundObjectException;
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

    /** The report of a validation, or the defect that ended it. */
    record Validated(Optional<PartitionReport> report, Optional<UnsoundObjectException> defect) {}

    static Validated partition(Text format, String name, byte[] bytes) {
        return partition(format, new InMemoryObjects().put(PREFIX + name, bytes));
    }

    static Validated partition(Text format, String name, String text) {
        return partition(format, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Validated partition(Text format, ObjectSource source) {
        try {
            return new Validated(Optional.of(validation(source, format).validate(PREFIX)), Optional.empty());
        } catch (UnsoundObjectException e) {
            return new Validated(Optional.empty(), Optional.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PartitionValidation validation(ObjectSource source, Text format) {
        return format.csv()
                .map(csv -> PartitionValidation.ofCsv(source, csv))
                .orElseGet(() -> PartitionValidation.ofJson(source, RowSamples.SHOWN));
    }

    static PartitionReport.Sound sound(Validated validated) {
        assertThat(validated.report()).containsInstanceOf(PartitionReport.Sound.class);
        return (PartitionReport.Sound) validated.report().orElseThrow();
    }

    static long rows(Validated validated) {
        return sound(validated).rows().orElseThrow();
    }

    static UnsoundObjectException unsound(Validated validated, Defect defect) {
        UnsoundObjectException unsound = validated.defect().orElseThrow();
        assertThat(unsound.defect()).as(unsound.getMessage()).isEqualTo(defect);
        assertThat(unsound.getMessage()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(700);
        return unsound;
    }
}
