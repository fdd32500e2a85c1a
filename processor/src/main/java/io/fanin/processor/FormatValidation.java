package io.fanin.processor;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.Inventory;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.type.HiveType.Field;
import io.fanin.processor.avro.AvroValidation;
import io.fanin.processor.parquet.Lazy;
import io.fanin.processor.parquet.ParquetValidation;
import io.fanin.processor.parquet.TextRules;
import io.fanin.processor.validate.PartitionValidation;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.ObjectsAhead;
import io.fanin.records.raw.CsvTable;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.ScratchDatabase;
import io.fanin.records.serde.SerDe;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Validates the partitions of a table in its format. */
sealed interface FormatValidation extends Closeable {

    PartitionValidation of(Partition partition);

    /**
     * Checks a valid partition's values against those expectations that its validation has not checked.
     *
     * @param seen the objects that were validated
     */
    default void checkValues(Partition partition, Inventory seen) throws IOException {}

    @Override
    default void close() throws IOException {}

    /** The validation as the spec has it; nothing is read. */
    static FormatValidation of(
            ResolvedSpec spec,
            ProcessorSpec.Validate validate,
            ObjectSource source,
            ProcessorServices services,
            Deadline deadline) {
        TableDefinition table = spec.definition();
        List<Field> typed = validate.typesOrDefault() ? SerDe.columns(table.columns()) : List.of();
        CsvTable csv = new CsvTable(
                table.csv(), table.columns().stream().map(Column::name).toList(), typed);
        TextRules rules = new TextRules(
                source,
                table,
                validate.expectOrNone(),
                deadline,
                new Lazy<>(() -> ScratchDatabase.forRows(services.settings().get())));
        return switch (table.format()) {
            case JSON -> {
                ObjectsAhead ahead = new ObjectsAhead(source, services.workers());
                yield new OfRecords(
                        PartitionValidation.ofJson(ahead, typed, services.samples(), deadline), rules, ahead);
            }
            case CSV -> {
                ObjectsAhead ahead = new ObjectsAhead(source, services.workers());
                yield new OfRecords(PartitionValidation.ofCsv(ahead, csv, services.samples(), deadline), rules, ahead);
            }
            case PARQUET ->
                new OfParquet(
                        source,
                        new ParquetValidation(
                                source,
                                table,
                                validate,
                                spec.onNewColumns(),
                                services.settings(),
                                services.samples(),
                                deadline,
                                services.workers()));
            case AVRO -> {
                ObjectsAhead ahead = new ObjectsAhead(source, services.workers());
                AvroValidation avro = new AvroValidation(ahead, table, validate, spec.onNewColumns(), deadline);
                yield new OfRecords(new PartitionValidation(ahead, table.format(), avro::partition), rules, ahead);
            }
            case OTHER ->
                throw new IllegalStateException("table " + table.name()
                        + " is of a format that cannot be validated: expected the processor register");
        };
    }

    /**
     * Objects that are read to their ends. JSON lines and CSV are read a second time if expectations need their values.
     */
    record OfRecords(PartitionValidation validation, TextRules rules, ObjectsAhead ahead) implements FormatValidation {

        @Override
        public PartitionValidation of(Partition partition) {
            return validation;
        }

        @Override
        public void checkValues(Partition partition, Inventory seen) throws IOException {
            rules.check(partition, seen);
        }

        @Override
        public void close() throws IOException {
            ahead.close();
            rules.close();
        }
    }

    /** Parquet, whose values are checked together with the objects. */
    record OfParquet(ObjectSource source, ParquetValidation parquet) implements FormatValidation {

        @Override
        public PartitionValidation of(Partition partition) {
            return new PartitionValidation(source, DataFormat.PARQUET, () -> parquet.partition(partition.values()));
        }

        @Override
        public void close() throws IOException {
            parquet.close();
        }
    }
}
