package io.fanin.records.raw.value;

import io.fanin.model.table.NumberForm;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TimePatterns;
import java.time.ZoneId;
import java.util.List;

/**
 * How values are written in texts.
 *
 * @param zone of timestamps without an offset
 */
public record Forms(NumberForm numbers, TimePatterns times, ZoneId zone) {

    public static Forms of(SourceDefinition source, ZoneId zone) {
        return new Forms(source.numbers(), source.times(), zone);
    }

    /** How a type's values have to be written, for a message; empty where that is no choice of the source. */
    String of(ValueType type) {
        return switch (type.kind()) {
            case WHOLE, FLOAT, DOUBLE, DECIMAL -> numbers.isStandard() ? "" : " with " + numbers;
            case DATE -> formats(times.dates());
            case TIMESTAMP -> formats(times.timestamps());
            default -> "";
        };
    }

    private static String formats(List<String> formats) {
        return formats.isEmpty() ? "" : " as " + String.join(" or ", formats);
    }
}
