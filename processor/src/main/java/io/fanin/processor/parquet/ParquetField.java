package io.fanin.processor.parquet;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A column of a Parquet file, or a nested field.
 *
 * @param physical the type of a single value, such as {@code INT32}; empty for a group
 * @param annotation what the value means, such as {@code UTF8}: the converted type, or without one the logical type
 * @param precision of a decimal
 * @param scale of a decimal
 * @param repeated whether it occurs any number of times
 * @param children of a group
 */
record ParquetField(
        String name,
        Optional<String> physical,
        Optional<String> annotation,
        OptionalLong precision,
        OptionalLong scale,
        boolean repeated,
        List<ParquetField> children) {

    ParquetField {
        children = List.copyOf(children);
    }

    /** An element of a footer's flat list: a field, and how many of the following elements are its children. */
    record Element(ParquetField field, OptionalLong children) {}

    /**
     * Builds the tree from its elements, each before its children.
     *
     * @throws java.util.NoSuchElementException when elements are missing
     */
    static ParquetField tree(Iterator<Element> elements) {
        Element element = elements.next();
        List<ParquetField> children = IntStream.range(
                        0, Math.toIntExact(element.children().orElse(0)))
                .mapToObj(child -> tree(elements))
                .toList();
        ParquetField field = element.field();
        return new ParquetField(
                field.name, field.physical, field.annotation, field.precision, field.scale, field.repeated, children);
    }

    /** The same field, not repeated. */
    ParquetField single() {
        return new ParquetField(name, physical, annotation, precision, scale, false, children);
    }

    /** The child with this name, ignoring case. */
    Optional<ParquetField> child(String wanted) {
        return children.stream()
                .filter(child -> child.name.equalsIgnoreCase(wanted))
                .findFirst();
    }

    boolean is(String physicalType) {
        return physical.filter(physicalType::equals).isPresent();
    }

    /** Whether the annotation is one of these. */
    boolean isAnnotated(String... annotations) {
        return annotation.filter(List.of(annotations)::contains).isPresent();
    }

    /** The type for people: {@code INT32 (DATE)}. */
    String type() {
        String decimal = scale.isPresent() ? "(%d,%d)".formatted(precision.orElse(0), scale.getAsLong()) : "";
        return (repeated ? "repeated " : "")
                + physical.orElse("a group of " + children.size())
                + annotation.map(word -> " (" + word + decimal + ")").orElse("");
    }
}
