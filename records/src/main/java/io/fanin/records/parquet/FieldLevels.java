package io.fanin.records.parquet;

import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * What the levels of a field's values mean (parquet-format, "Nested Encoding").
 *
 * @param definition maximum definition level, which a value has that is not null
 * @param lists that it is inside of, the outermost first: that of repetition level 1
 */
public record FieldLevels(int definition, List<Repeated> lists) {

    /**
     * A repeated field.
     *
     * @param field as the footer has it
     * @param definition the definition level from which on the list has an element
     */
    public record Repeated(SchemaElement field, int definition) {}

    /** Those of the root, which always exists once. */
    public static final FieldLevels ROOT = new FieldLevels(0, List.of());

    public FieldLevels {
        lists = List.copyOf(lists);
    }

    /** Those of a child of the field. */
    FieldLevels child(SchemaElement child) {
        FieldRepetitionType type = child.getRepetition_type();
        if (type == FieldRepetitionType.OPTIONAL) {
            return new FieldLevels(definition + 1, lists);
        }
        if (type == FieldRepetitionType.REPEATED) {
            return new FieldLevels(
                    definition + 1,
                    Stream.concat(lists.stream(), Stream.of(new Repeated(child, definition + 1)))
                            .toList());
        }
        return this;
    }

    /** Maximum repetition level: how many lists a value is inside of. */
    public int repetition() {
        return lists.size();
    }
}
