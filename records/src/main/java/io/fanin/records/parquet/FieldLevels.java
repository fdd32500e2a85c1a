package io.fanin.records.parquet;

import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * What the levels of a field's values mean (parquet-format, "Nested Encoding").
 *
 * @param definition maximum definition level, which a value has that is not null
 * @param elements for each repetition level from 1 on, the definition level from which on its list has an element
 */
public record FieldLevels(int definition, List<Integer> elements) {

    /** Those of the root, which always exists once. */
    public static final FieldLevels ROOT = new FieldLevels(0, List.of());

    public FieldLevels {
        elements = List.copyOf(elements);
    }

    /** Those of a child of the field. */
    FieldLevels of(SchemaElement child) {
        FieldRepetitionType type = child.getRepetition_type();
        if (type == FieldRepetitionType.OPTIONAL) {
            return new FieldLevels(definition + 1, elements);
        }
        if (type == FieldRepetitionType.REPEATED) {
            return new FieldLevels(
                    definition + 1,
                    Stream.concat(elements.stream(), Stream.of(definition + 1)).toList());
        }
        return this;
    }

    /** Maximum repetition level: how many lists a value is inside of. */
    public int repetition() {
        return elements.size();
    }
}
