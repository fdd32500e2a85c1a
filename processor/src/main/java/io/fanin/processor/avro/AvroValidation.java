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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Validates the Avro partitions of one table. */
public final class AvroValidation {

    private static final Logger LOG = LoggerFactory.getLogger(AvroValidation.class);

    private static final int NAMES = 200;

    private final ObjectSource source;
    private final Optional<TableSchema> schema;

    /** @param onNewColumns if columns may be added to the table, files from before lack the last ones */
    public AvroValidation(
            ObjectSource source, TableDefinition table, ProcessorSpec.Validate spec, OnNewColumns onNewColumns) {
        this.source = source;
        this.schema = spec.schemaOrDefault() == SchemaCheck.STRICT
                ? Optional.of(new TableSchema(table, onNewColumns))
                : Optional.empty();
    }

    /** The check of one partition. */
    public ObjectsCheck partition() {
        return new AvroObjects();
    }

    private final class AvroObjects implements ObjectsCheck {

        private List<String> extraColumns = List.of();
        private long rows;

        @Override
        public void add(ObjectSummary object, Compression named) {
            rows += AvroFile.rows(object, source, file -> compare(object, file));
        }

        private void compare(ObjectSummary object, Schema file) {
            if (schema.isEmpty()) {
                return;
            }
            List<String> extra = schema.get().check(object, new AvroColumns(file));
            if (!extra.equals(extraColumns)) {
                extraColumns = extra;
                LOG.warn(
                        "{}: columns that the table does not have: {}",
                        LogSafe.of(object.key()),
                        LogSafe.beginning(String.join(", ", extra), NAMES));
            }
        }

        @Override
        public Found end() {
            return new Found(OptionalLong.of(rows), Map.of());
        }
    }
}
