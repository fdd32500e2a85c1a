package io.fanin.records.parquet;

import io.fanin.records.objects.CaseInsensitiveNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** A column of a Parquet file, a nested field, or the root of all columns. */
public final class ParquetField {

    /** A logical type of a later version of the format. */
    private static final String UNKNOWN = "an unknown logical type";

    private final SchemaElement element;
    private final String path;
    private final FieldLevels levels;
    private final List<ParquetField> children;

    /** The first child of each name, ignoring case. */
    private final Map<String, ParquetField> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * A field.
     *
     * @param element as the footer has it
     * @param path from the root, with dots
     */
    public ParquetField(SchemaElement element, String path, FieldLevels levels, List<ParquetField> children) {
        this.element = element;
        this.path = path;
        this.levels = levels;
        this.children = List.copyOf(children);
        children.forEach(child -> byName.putIfAbsent(child.name(), child));
    }

    /** As the footer has it. */
    public SchemaElement element() {
        return element;
    }

    /** From the root, with dots. */
    public String path() {
        return path;
    }

    public FieldLevels levels() {
        return levels;
    }

    public List<ParquetField> children() {
        return children;
    }

    public String name() {
        return element.getName();
    }

    /** Whether it occurs any number of times. */
    public boolean repeated() {
        return element.getRepetition_type() == FieldRepetitionType.REPEATED;
    }

    /** The same field, not repeated. */
    public ParquetField single() {
        return new ParquetField(
                new SchemaElement(element).setRepetition_type(FieldRepetitionType.REQUIRED), path, levels, children);
    }

    /** The child with this name, ignoring case. */
    public Optional<ParquetField> child(String wanted) {
        return Optional.ofNullable(byName.get(wanted));
    }

    /**
     * The children whose names readers take for one, for people.
     *
     * @param of the field, as people know it
     */
    public List<String> sameNames(String of) {
        return CaseInsensitiveNames.problems(
                of.isEmpty() ? "" : of + ".",
                children.stream().map(ParquetField::name).toList());
    }

    /** The same of all groups inside it, too. */
    private Stream<String> allSameNames() {
        return Stream.concat(sameNames(path).stream(), children.stream().flatMap(ParquetField::allSameNames));
    }

    /**
     * The same of a file's columns, whose root this is, and of all groups inside some of them.
     *
     * @param isRead whether the column of a name is one of these
     */
    public List<String> sameNames(Predicate<String> isRead) {
        return Stream.concat(
                        sameNames(path).stream(),
                        children.stream()
                                .filter(child -> isRead.test(child.name()))
                                .flatMap(ParquetField::allSameNames))
                .toList();
    }

    /** The fields of single values inside it, in the order of the chunks of a row group. */
    public Stream<ParquetField> leaves() {
        return children.stream().flatMap(child -> child.children.isEmpty() ? Stream.of(child) : child.leaves());
    }

    /** Whether it is single values of this physical type, and no group. */
    public boolean is(Type physical) {
        return element.getType() == physical;
    }

    /** Minimum bytes of a value in plain encoding; 0 if several values share a byte. */
    int width() {
        return switch (element.getType()) {
            case BOOLEAN -> 0;
            case INT32, FLOAT, BYTE_ARRAY -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> element.getType_length();
        };
    }

    /** What the value means, such as {@code UTF8}: the converted type, or without one the logical type. */
    public Optional<String> annotation() {
        if (element.isSetConverted_type()) {
            return Optional.of(element.getConverted_type().name());
        }
        return Optional.ofNullable(element.getLogicalType())
                .map(logical ->
                        logical.isSet() ? logical.getFieldValue().getClass().getSimpleName() : UNKNOWN);
    }

    public boolean isAnnotated(String... annotations) {
        return annotation().filter(List.of(annotations)::contains).isPresent();
    }

    /** Whether it, or a field inside it, is a timestamp in nanoseconds that is adjusted to UTC. */
    public boolean hasUtcNanoseconds() {
        return (element.isSetLogicalType()
                        && element.getLogicalType().isSetTIMESTAMP()
                        && element.getLogicalType().getTIMESTAMP().isIsAdjustedToUTC()
                        && element.getLogicalType().getTIMESTAMP().getUnit().isSetNANOS())
                || children.stream().anyMatch(ParquetField::hasUtcNanoseconds);
    }

    /** The decimals inside it, or itself, that have at least so many digits. */
    public Stream<ParquetField> decimals(int digits) {
        return children.isEmpty()
                ? Stream.of(this)
                        .filter(leaf -> leaf.isAnnotated("DECIMAL", "DecimalType") && leaf.precision() >= digits)
                : children.stream().flatMap(child -> child.decimals(digits));
    }

    /** It stands beside the converted type, and in the logical type. */
    private int precision() {
        int logical = element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL()
                ? element.getLogicalType().getDECIMAL().getPrecision()
                : 0;
        return Math.max(logical, element.getPrecision());
    }

    /** The names, in lower case, of the columns of a file, whose root this is, that have no value by their type. */
    public Set<String> nullColumns() {
        return children.stream()
                .filter(column -> column.element.isSetLogicalType()
                        && column.element.getLogicalType().isSetUNKNOWN())
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The type for people: {@code INT32 (DATE)}. */
    public String type() {
        String decimal = element.isSetScale() ? "(%d,%d)".formatted(element.getPrecision(), element.getScale()) : "";
        return (repeated() ? "repeated " : "")
                + (element.isSetType() ? element.getType().name() : "a group of " + children.size())
                + annotation().map(word -> " (" + word + decimal + ")").orElse("");
    }
}
