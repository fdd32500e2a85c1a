package io.fanin.processor.parquet;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.processor.validate.FileColumns;
import io.fanin.records.objects.Printable;
import io.fanin.records.parquet.ParquetField;
import io.fanin.records.parquet.ParquetFooter;
import io.fanin.records.samples.RowSamples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/** The columns below the root of a Parquet file's schema. */
final class ParquetColumns implements FileColumns {

    private final ParquetFooter footer;
    private final RowSamples samples;

    /** The position of each leaf column in a row group, by its path; filled on first use. */
    private Map<String, Integer> places = Map.of();

    /** @param samples whether messages may quote the extremes in the footer */
    ParquetColumns(ParquetFooter footer, RowSamples samples) {
        this.footer = footer;
        this.samples = samples;
    }

    @Override
    public List<String> names() {
        return footer.root().children().stream().map(ParquetField::name).toList();
    }

    @Override
    public boolean has(String name) {
        return footer.root().child(name).isPresent();
    }

    @Override
    public Optional<String> disagreement(String name, HiveType type) {
        ParquetField field = footer.root().child(name).orElseThrow();
        return TypeAgreement.disagreement(name, type, field).or(() -> beyond(name, type, field));
    }

    /**
     * The first minimum or maximum in the row groups that a narrow integer column cannot hold. Most writers have no
     * shorter integers than INT32; Trino fails when it reads such a value.
     */
    private Optional<String> beyond(String name, HiveType type, ParquetField field) {
        int most = type == Scalar.TINYINT ? Byte.MAX_VALUE : type == Scalar.SMALLINT ? Short.MAX_VALUE : 0;
        if (most == 0 || !field.is(Type.INT32)) {
            return Optional.empty();
        }
        return extremes(place(field))
                .filter(value -> value > most || value < -most - 1)
                .findFirst()
                .map(value -> "'%s' is %s in the table, and has a value in the file that does not fit (%s)"
                        .formatted(Printable.detail(name), type.hive(), samples.quoting(String.valueOf(value))));
    }

    private int place(ParquetField field) {
        if (places.isEmpty()) {
            places = new HashMap<>();
            List<ParquetField> leaves = footer.root().leaves().toList();
            for (int i = 0; i < leaves.size(); i++) {
                places.putIfAbsent(leaves.get(i).path(), i);
            }
        }
        return places.get(field.path());
    }

    private Stream<Integer> extremes(int leaf) {
        return footer.metadata().getRow_groups().stream()
                .map(group -> statistics(group, leaf))
                .flatMap(Optional::stream)
                .flatMap(of -> Stream.of(of.getMin_value(), of.getMax_value(), of.getMin(), of.getMax()))
                .filter(value -> value != null && value.length == Integer.BYTES)
                .map(value ->
                        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }

    /**
     * The statistics of a column, if there are any. A row group that lacks the column is found when the footer's parts
     * are compared.
     */
    private static Optional<Statistics> statistics(RowGroup group, int leaf) {
        return leaf < group.getColumnsSize()
                ? Optional.ofNullable(group.getColumns().get(leaf).getMeta_data())
                        .map(ColumnMetaData::getStatistics)
                : Optional.empty();
    }
}
