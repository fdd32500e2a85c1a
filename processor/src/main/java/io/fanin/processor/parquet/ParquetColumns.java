package io.fanin.processor.parquet;

import io.fanin.model.type.HiveType;
import io.fanin.processor.validate.FileColumns;
import io.fanin.records.parquet.ParquetField;
import java.util.List;
import java.util.Optional;

/** The columns below the root of a Parquet file's schema. */
record ParquetColumns(ParquetField root) implements FileColumns {

    @Override
    public List<String> names() {
        return root.children().stream().map(ParquetField::name).toList();
    }

    @Override
    public boolean has(String name) {
        return root.child(name).isPresent();
    }

    @Override
    public Optional<String> disagreement(String name, HiveType type) {
        return TypeAgreement.disagreement(name, type, root.child(name).orElseThrow());
    }
}
