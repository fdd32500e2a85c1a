package io.fanin.cli.init.values;

import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.TimePatterns;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.raw.Conversion;
import io.fanin.records.sniff.FileSniffer.Sniffed.RawFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Checks whether conversion reads all texts of a file's columns. DuckDB accepts more texts, such as yes for a boolean.
 */
final class ConvertedValues {

    private final List<Column> columns;
    private final List<Optional<HiveType.Single>> types;
    private final BiPredicate<HiveType.Single, String> reads;
    private final BitSet refused = new BitSet();

    /** @param file the file whose columns and forms the spec would have */
    ConvertedValues(RawFile file) {
        this.columns = file.columns();
        this.types = columns.stream().map(ConvertedValues::type).toList();
        this.reads = Conversion.reads(
                file.csv().map(csv -> csv.raw().numbers()).orElse(NumberForm.STANDARD),
                new TimePatterns(
                        file.dateFormat().stream().toList(),
                        file.timestampFormat().stream().toList()));
    }

    /** The type of a column of single values other than text. */
    private static Optional<HiveType.Single> type(Column column) {
        try {
            return HiveTypeParser.parse(column.type()) instanceof HiveType.Single single && !single.isText()
                    ? Optional.of(single)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // The spec's own check says what is wrong with it.
        }
    }

    /** @param text without blanks around it */
    void add(String text, int column) {
        if (!text.isEmpty() && !text.equals(CsvOptions.HIVE_NULL)) {
            types.get(column).filter(type -> !reads.test(type, text)).ifPresent(type -> refused.set(column));
        }
    }

    /**
     * The columns. Those with texts that conversion cannot read become strings.
     *
     * @param notes receives the reasons
     */
    List<Column> columns(List<String> notes) {
        List<Column> kept = new ArrayList<>(columns);
        refused.stream().forEach(i -> {
            Column column = columns.get(i);
            notes.add("%s is string: values of it are not written as those of a %s are, which would be bad records"
                    .formatted(RawValues.column(column), column.type()));
            kept.set(i, new Column(column.name(), HiveType.Scalar.STRING.hive()));
        });
        return kept;
    }
}
