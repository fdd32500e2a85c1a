package io.fanin.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.type.HiveType.Field;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.CsvTable;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.serde.SerDe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One-object partitions, validated. */
final class Checked {
    static final String PREFIX = "flights/dt=2013-02-08/";
    static final Text JSON = new Text(Optional.empty(), List.of());

    private Checked() {}

    /** A text format: CSV if there are options for it, otherwise JSON. */
    record Text(Optional<CsvOptions> csv, List<Field> columns) {
        static Text csv(char delimiter, boolean quoted, boolean header) {
            return new Text(Optional.of(new CsvOptions(delimiter, quoted, header)), List.of());
        }

        /**
         * The same format for a table whose columns' values are checked against their types: names and types alternate.
         */
        Text with(String... namesAndTypes) {
            List<Column> named = new ArrayList<>();
            for (int i = 0; i < namesAndTypes.length; i += 2) {
                named.add(new Column(namesAndTypes[i], namesAndTypes[i + 1]));
            }
            return new Text(csv, SerDe.columns(named));
        }

        CsvTable table(CsvOptions options) {
            return new CsvTable(options, columns.stream().map(Field::name).toList(), columns);
        }
    }

    /** The report of a validation, or the defect that ended it. */
    record Validated(Optional<PartitionReport> report, Optional<ObjectDefectException> defect) {}

    static Validated partition(Text format, String name, byte[] bytes) {
        return partition(format, new InMemoryObjects().put(PREFIX + name, bytes));
    }

    static Validated partition(Text format, String name, String text) {
        return partition(format, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Validated partition(Text format, ObjectSource source) {
        try {
            return new Validated(Optional.of(validation(source, format).validate(PREFIX)), Optional.empty());
        } catch (ObjectDefectException e) {
            return new Validated(Optional.empty(), Optional.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PartitionValidation validation(ObjectSource source, Text format) {
        return format.csv()
                .map(csv -> PartitionValidation.ofCsv(source, format.table(csv), RowSamples.SHOWN, Deadline.NONE))
                .orElseGet(() -> PartitionValidation.ofJson(source, format.columns(), RowSamples.SHOWN, Deadline.NONE));
    }

    static PartitionReport.Sound sound(Validated validated) {
        assertThat(validated.report()).containsInstanceOf(PartitionReport.Sound.class);
        return (PartitionReport.Sound) validated.report().orElseThrow();
    }

    static long rows(Validated validated) {
        return sound(validated).rows().orElseThrow();
    }

    static ObjectDefectException unsound(Validated validated, FailureCode defect) {
        ObjectDefectException unsound = validated.defect().orElseThrow();
        assertThat(unsound.code()).as(unsound.getMessage()).isEqualTo(defect);
        assertThat(unsound.getMessage()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(700);
        return unsound;
    }
}
