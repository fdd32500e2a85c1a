package io.fanin.processor.avro;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.SchemaCheck;
import io.fanin.model.table.TableDefinition;
import io.fanin.processor.validate.ObjectsCheck;
import io.fanin.processor.validate.TableSchema;
import io.fanin.records.avro.AvroFile;
import io.fanin.records.compression.Compression;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.scratch.Deadline;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/** Validates the Avro partitions of one table. */
public final class AvroValidation {

    private final ObjectSource source;
    private final Deadline deadline;
    private final BiConsumer<ObjectSummary, Schema> schema;

    /**
     * The validation as the spec has it.
     *
     * @param onNewColumns if columns may be added to the table, older files may lack the last ones
     * @param deadline after which reading stops
     */
    public AvroValidation(
            ObjectSource source,
            TableDefinition table,
            ProcessorSpec.Validate spec,
            OnNewColumns onNewColumns,
            Deadline deadline) {
        this.source = source;
        this.deadline = deadline;
        TableSchema columns = new TableSchema(table, onNewColumns);
        this.schema = spec.schemaOrDefault() == SchemaCheck.STRICT
                ? (object, file) -> columns.check(object, new AvroColumns(file))
                : (object, file) -> {};
    }

    public ObjectsCheck partition() {
        return new AvroObjects();
    }

    private final class AvroObjects implements ObjectsCheck {

        private long rows;

        @Override
        public void add(ObjectSummary object, Compression named) {
            long own = AvroFile.rows(
                    object, source, file -> schema.accept(object, file), ObjectsCheck.inTime(deadline, object));
            rows = ObjectsCheck.sum(object, rows, own);
        }

        @Override
        public Found end() {
            return new Found(OptionalLong.of(rows), Map.of());
        }
    }
}
