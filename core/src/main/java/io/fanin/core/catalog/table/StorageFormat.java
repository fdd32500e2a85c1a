package io.fanin.core.catalog.table;

import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * The format of a table's objects, and the Hive classes that declare it to readers. Athena, Trino and DuckDB read these
 * settings; for Parquet and CSV, the AWS SDK for pandas writes the same.
 */
record StorageFormat(DataFormat format, CsvOptions csv) {

    static final String HEADER_LINES = "skip.header.line.count";

    /** Lines at the end of an object that readers leave out. */
    private static final String FOOTER_LINES = "skip.footer.line.count";

    private static final String NO_LINES = "0";
    private static final String ONE_LINE = "1";

    private static final String PARQUET_SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    private static final String OLD_PARQUET_SERDE = "parquet.hive.serde.ParquetHiveSerDe";
    private static final String OPENX_JSON_SERDE = "org.openx.data.jsonserde.JsonSerDe";
    private static final String LAZY_SIMPLE_SERDE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    private static final String OPEN_CSV_SERDE = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

    private static final String AVRO_SERDE = "org.apache.hadoop.hive.serde2.avro.AvroSerDe";

    private static final String PARQUET_INPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    private static final String PARQUET_OUTPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

    /** LazySimpleSerDe's default delimiter. */
    private static final String HIVE_DELIMITER = "\u0001";

    private static final String FIELD_DELIMITER = "field.delim";
    private static final String FORMAT = "serialization.format";
    private static final String HIVE_ESCAPE = "escape.delim";
    private static final String OPEN_CSV_ESCAPE = "escapeChar";
    private static final String NULL_FORMAT = "serialization.null.format";
    private static final String LAST_TAKES_REST = "serialization.last.column.takes.rest";

    private static final String QUOTE = "\"";

    private static final Set<String> RULES_FOR_VALUES =
            Set.of("timestamp.formats", "hive.lazysimple.extended_boolean_literal", "case.insensitive", "dots.in.keys");

    /** The beginning of the names of settings that map a column to a field. */
    private static final String OPENX_MAPPING = "mapping.";

    private static final String TRUE = "true";
    private static final String FALSE = "false";

    static StorageFormat of(DataFormat format, CsvOptions csv) {
        return new StorageFormat(format, format == DataFormat.CSV ? csv : CsvOptions.DEFAULT);
    }

    /**
     * The format of a table in Glue; empty if its SerDe is unknown, has settings that {@link CsvOptions} cannot
     * represent, or is not given the lines of text files.
     */
    static Optional<StorageFormat> of(Table table) {
        return declared(table)
                .filter(storage ->
                        storage.format == DataFormat.PARQUET || storage.format == DataFormat.AVRO || readsLines(table));
    }

    /**
     * Whether records are the lines of text files. Other input formats find them elsewhere in an object, as that for
     * CloudTrail does, whose objects are one JSON document each.
     */
    private static boolean readsLines(Table table) {
        String input = inputFormat(table);
        return input.isEmpty() || input.equals(TEXT_INPUT);
    }

    private static Optional<StorageFormat> declared(Table table) {
        Map<String, String> settings = settings(table);
        String headers = settings.getOrDefault(HEADER_LINES, NO_LINES);
        boolean header = headers.equals(ONE_LINE);
        return ofSerDe(library(table), header, settings)
                .filter(storage -> storage.format == DataFormat.PARQUET
                        || storage.format == DataFormat.AVRO
                        || (settings.getOrDefault(FOOTER_LINES, NO_LINES).equals(NO_LINES)
                                && (headers.equals(NO_LINES) || (header && storage.format == DataFormat.CSV))));
    }

    private static Optional<StorageFormat> ofSerDe(String library, boolean header, Map<String, String> settings) {
        return switch (library) {
            case PARQUET_SERDE, OLD_PARQUET_SERDE -> Optional.of(of(DataFormat.PARQUET, CsvOptions.DEFAULT));
            case AVRO_SERDE -> Optional.of(of(DataFormat.AVRO, CsvOptions.DEFAULT));
            case OPENX_JSON_SERDE,
                    "org.apache.hive.hcatalog.data.JsonSerDe",
                    "org.apache.hadoop.hive.serde2.JsonSerDe" -> Optional.of(of(DataFormat.JSON, CsvOptions.DEFAULT));
            case LAZY_SIMPLE_SERDE ->
                character(settings.getOrDefault(FIELD_DELIMITER, settings.getOrDefault(FORMAT, HIVE_DELIMITER)))
                        .flatMap(delimiter -> unquoted(delimiter, header, settings));
            case OPEN_CSV_SERDE ->
                character(settings.getOrDefault("separatorChar", ","))
                        .filter(delimiter ->
                                settings.getOrDefault("quoteChar", QUOTE).equals(QUOTE))
                        .flatMap(delimiter -> quoted(delimiter, header, settings.getOrDefault(OPEN_CSV_ESCAPE, "\\")));
            default -> Optional.empty();
        };
    }

    /**
     * Omits the null text if it is Hive's default, so that an implicit and an explicit default are equal. An escape
     * without a character is the backslash, as in Trino's TextEncodingOptions.
     */
    private static Optional<StorageFormat> unquoted(char delimiter, boolean header, Map<String, String> settings) {
        if (Boolean.parseBoolean(settings.get(LAST_TAKES_REST))) {
            return Optional.empty();
        }
        String nullText = settings.getOrDefault(NULL_FORMAT, CsvOptions.HIVE_NULL);
        Optional<String> escape =
                Optional.ofNullable(settings.get(HIVE_ESCAPE)).map(text -> text.isEmpty() ? "\\" : text);
        try {
            CsvOptions plain = new CsvOptions(delimiter, false, header);
            CsvOptions options = nullText.equals(CsvOptions.HIVE_NULL) ? plain : plain.nullAs(nullText);
            return Optional.of(of(
                    DataFormat.CSV,
                    escape.map(text -> options.escapedBy(escapeByte(text))).orElse(options)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The parameters of SerDe and table; the table's win, as in the merge of Trino's MetastoreUtil. */
    private static Map<String, String> settings(Table table) {
        Map<String, String> settings = new HashMap<>(serdeOf(table).parameters());
        settings.putAll(table.parameters());
        return settings;
    }

    static String library(Table table) {
        return Optional.ofNullable(serdeOf(table).serializationLibrary()).orElse("");
    }

    /**
     * Whether values are read by rules other than the SerDe's defaults, so that this project cannot tell which values
     * are valid. What OpenCSVSerde reads are texts: it is for a query engine to make other types of them.
     */
    static boolean hasRulesForValues(Table table) {
        boolean known =
                Set.of(OPENX_JSON_SERDE, LAZY_SIMPLE_SERDE, OPEN_CSV_SERDE).contains(library(table));
        return !known
                || (library(table).equals(OPEN_CSV_SERDE) && !isOfTexts(table))
                || settings(table).keySet().stream()
                        .anyMatch(name -> RULES_FOR_VALUES.contains(name) || name.startsWith(OPENX_MAPPING));
    }

    private static boolean isOfTexts(Table table) {
        return table.storageDescriptor().columns().stream()
                .allMatch(column -> "string".equalsIgnoreCase(column.type()));
    }

    /**
     * A setting with which readers find a column elsewhere in an object than under its name, and its value; empty if
     * the table has none (<a
     * href="https://docs.aws.amazon.com/athena/latest/ug/handling-schema-updates-chapter.html">Athena on Parquet</a>,
     * <a href="https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html">on OpenX's SerDe</a>).
     */
    static Optional<String> columnsElsewhere(Table table) {
        return settings(table).entrySet().stream()
                .filter(setting -> switch (library(table)) {
                    case PARQUET_SERDE, OLD_PARQUET_SERDE -> is(setting, "parquet.column.index.access", TRUE);
                    case OPENX_JSON_SERDE ->
                        isMapping(setting)
                                || is(setting, "dots.in.keys", TRUE)
                                || is(setting, "case.insensitive", FALSE);
                    default -> false;
                })
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .min(Comparator.naturalOrder());
    }

    private static boolean is(Map.Entry<String, String> setting, String name, String value) {
        return setting.getKey().equals(name) && setting.getValue().equalsIgnoreCase(value);
    }

    /** Whether it maps a column to a field of another name. */
    private static boolean isMapping(Map.Entry<String, String> setting) {
        return setting.getKey().startsWith(OPENX_MAPPING)
                && !setting.getKey().substring(OPENX_MAPPING.length()).equalsIgnoreCase(setting.getValue());
    }

    /** Parsed as in Trino's TextEncodingOptions: a number is the character's code. */
    private static char escapeByte(String setting) {
        return isNumber(setting) ? (char) Integer.parseInt(setting) : setting.charAt(0);
    }

    private static boolean isNumber(String setting) {
        return setting.length() <= 3 && setting.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Omits the escape character if it is the SerDe's default. A quote means the default too, as in Hive. */
    private static Optional<StorageFormat> quoted(char delimiter, boolean header, String escape) {
        CsvOptions options = new CsvOptions(delimiter, true, header);
        if (escape.equals(QUOTE) || escape.equals(String.valueOf(CsvOptions.OPEN_CSV_ESCAPE))) {
            return Optional.of(of(DataFormat.CSV, options));
        }
        return escape.length() == 1 && CsvOptions.isEscape(escape.charAt(0)) && escape.charAt(0) != delimiter
                ? Optional.of(of(DataFormat.CSV, options.escapedBy(escape.charAt(0))))
                : Optional.empty();
    }

    /** The SerDe and its settings, and the input format if only that is unknown, for messages. */
    static String describe(Table table) {
        SerDeInfo serde = serdeOf(table);
        String lines = Stream.of(HEADER_LINES, FOOTER_LINES)
                .filter(name -> table.parameters().containsKey(name))
                .map(name -> ", " + name + "=" + table.parameters().get(name))
                .collect(Collectors.joining());
        return "SerDe " + serde.serializationLibrary() + " with " + serde.parameters() + lines
                + (declared(table).isPresent() ? " and the input format " + inputFormat(table) : "");
    }

    static boolean hasSerDe(Table table) {
        String library = serdeOf(table).serializationLibrary();
        return library != null && !library.isEmpty();
    }

    /** The storage descriptor of a new table, without location and columns. */
    StorageDescriptor descriptor() {
        return switch (format) {
            case PARQUET ->
                descriptor(PARQUET_INPUT, PARQUET_OUTPUT, PARQUET_SERDE, Map.of("serialization.format", "1"));
            case JSON -> descriptor(TEXT_INPUT, TEXT_OUTPUT, OPENX_JSON_SERDE, Map.of("serialization.format", "1"));
            case CSV ->
                csv.quoted()
                        ? descriptor(TEXT_INPUT, TEXT_OUTPUT, OPEN_CSV_SERDE, quotedSettings())
                        : descriptor(TEXT_INPUT, TEXT_OUTPUT, LAZY_SIMPLE_SERDE, unquotedSettings());
            case AVRO, OTHER -> throw new IllegalStateException("a table of format " + format + " is not created");
        };
    }

    Map<String, String> tableParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("classification", format.label());
        if (format == DataFormat.CSV && csv.header()) {
            parameters.put(HEADER_LINES, ONE_LINE);
        }
        return parameters;
    }

    private Map<String, String> quotedSettings() {
        return Map.of(
                "separatorChar",
                delimiter(),
                "quoteChar",
                QUOTE,
                OPEN_CSV_ESCAPE,
                String.valueOf(csv.readersEscape().orElseThrow()));
    }

    private Map<String, String> unquotedSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(FIELD_DELIMITER, delimiter());
        settings.put(FORMAT, delimiter());
        csv.escape().ifPresent(escape -> settings.put(HIVE_ESCAPE, String.valueOf(escape)));
        csv.nullText().ifPresent(text -> settings.put(NULL_FORMAT, text));
        return settings;
    }

    private String delimiter() {
        return String.valueOf(csv.delimiter());
    }

    private static StorageDescriptor descriptor(
            String input, String output, String library, Map<String, String> settings) {
        return StorageDescriptor.builder()
                .inputFormat(input)
                .outputFormat(output)
                .serdeInfo(SerDeInfo.builder()
                        .serializationLibrary(library)
                        .parameters(settings)
                        .build())
                .build();
    }

    static String inputFormat(Table table) {
        return Optional.ofNullable(table.storageDescriptor())
                .map(StorageDescriptor::inputFormat)
                .orElse("");
    }

    private static SerDeInfo serdeOf(Table table) {
        return Optional.ofNullable(table.storageDescriptor())
                .map(StorageDescriptor::serdeInfo)
                .orElseGet(() -> SerDeInfo.builder().build());
    }

    /** DDL writes a tab as {@code \t}, and some clients leave it so. A number is the character's code, as in Trino. */
    private static Optional<Character> character(String setting) {
        if (setting.equals("\\t")) {
            return Optional.of('\t');
        }
        if (isNumber(setting) && !setting.isEmpty()) {
            char c = (char) Integer.parseInt(setting);
            return CsvOptions.isDelimiter(c) ? Optional.of(c) : Optional.empty();
        }
        return setting.length() == 1 && CsvOptions.isDelimiter(setting.charAt(0))
                ? Optional.of(setting.charAt(0))
                : Optional.empty();
    }
}
