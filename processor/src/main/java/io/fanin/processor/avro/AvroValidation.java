package io.fanin.processor.avro;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.ProcessorSpec;
import io.fanin.model.spec.SchemaCheck;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.processor.validate.ObjectsCheck;
import io.fanin.processor.validate.TableSchema;
import io.fanin.records.avro.AvroFile;
import io.fanin.records.objects.Compression;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.scratch.Deadline;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Validates the Avro partitions of one table. */
public final class AvroValidation {

    private static final Logger LOG = LoggerFactory.getLogger(AvroValidation.class);

    private static final int NAMES = 200;

    private final ObjectSource source;
    private final Deadline deadline;
    private final BiFunction<ObjectSummary, Schema, List<String>> extra;

    /**
     * The validation as the spec has it.
     *
     * @param onNewColumns if columns may be added to the table, files from before lack the last ones
     * @param deadline after which no file is read on
     */
    public AvroValidation(
            ObjectSource source,
            TableDefinition table,
            ProcessorSpec.Validate spec,
            OnNewColumns onNewColumns,
            Deadline deadline) {
        this.source = source;
        this.deadline = deadline;
        TableSchema schema = new TableSchema(table, onNewColumns);
        this.extra = spec.schemaOrDefault() == SchemaCheck.STRICT
                ? (object, file) -> schema.check(object, new AvroColumns(file))
                : (object, file) -> List.of();
    }

    public ObjectsCheck partition() {
        return new AvroObjects();
    }

    private final class AvroObjects implements ObjectsCheck {

        private List<String> extraColumns = List.of();
        private long rows;

        @Override
        public void add(ObjectSummary object, Compression named) {
            rows += AvroFile.rows(object, source, file -> compare(object, file), ObjectsCheck.inTime(deadline, object));
        }

        private void compare(ObjectSummary object, Schema file) {
            List<String> found = extra.apply(object, file);
            if (!found.equals(extraColumns)) {
                extraColumns = found;
                LOG.warn(
                        "{}: columns that the table does not have: {}",
                        LogSafe.of(object.key()),
                        LogSafe.beginning(String.join(", ", found), NAMES));
            }
        }

        @Override
        public Found end() {
            return new Found(OptionalLong.of(rows), Map.of());
        }
    }
}
