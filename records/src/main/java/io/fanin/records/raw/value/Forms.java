package io.fanin.records.raw.value;

import io.fanin.model.table.NumberForm;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TimePatterns;
import java.time.ZoneId;
import java.util.List;

/**
 * The notation of values in texts.
 *
 * @param zone of timestamps without an offset
 */
public record Forms(NumberForm numbers, TimePatterns times, ZoneId zone) {

    public static Forms of(SourceDefinition source, ZoneId zone) {
        return new Forms(source.numbers(), source.times(), zone);
    }

    /** The required notation of a type's values, for a message; an empty string if the source has no choice. */
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
