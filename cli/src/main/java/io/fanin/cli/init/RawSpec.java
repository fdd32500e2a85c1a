package io.fanin.cli.init;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.layout.KeyedLayout;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.records.compression.Compression;
import io.fanin.records.sniff.FileSniffer.Sniffed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A spec for raw files: they are validated where they lie, or converted if no table reads them as they are.
 *
 * @param location of the files
 * @param form of the files
 */
record RawSpec(S3Location location, KeyedLayout layout, Sniffed.RawFile form, List<Column> columns) {

    TableName table() {
        return name(location);
    }

    /** The table that has the name of the folder, in the database that has the name of the bucket. */
    static TableName name(S3Location location) {
        String[] folders = location.prefix().split("/", -1);
        String folder = folders.length > 1 ? folders[folders.length - 2] : location.bucket();
        return new TableName(plain(location.bucket()), plain(folder));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    /** The reasons why no table can read the files in place. */
    private List<String> reasonsToConvert() {
        List<String> reasons = new ArrayList<>();
        if (form.format() == DataFormat.PARQUET) {
            return reasons;
        }
        if (!form.compression().isReadByTables()) {
            reasons.add("no table reads text in " + form.compression().label());
        }
        form.dateFormat()
                .ifPresent(format -> reasons.add("SerDes read dates as 2013-02-08 only, and the files have " + format));
        otherNumbers().ifPresent(numbers -> reasons.add("SerDes read numbers as 1234.5 only"));
        if (form.csv().isPresent() && !form.charset().equals(StandardCharsets.UTF_8)) {
            reasons.add("tables are read in UTF-8, and the files are in " + form.charset());
        }
        boolean hasTypes = columns.stream().anyMatch(column -> !column.type().equals("string"));
        if (form.csv().filter(CsvOptions::quoted).isPresent() && hasTypes) {
            reasons.add("quoted CSV has columns of type string only, and the files have others");
        }
        if (columns.stream().anyMatch(column -> column.type().contains("timestamp"))) {
            reasons.add("SerDes read a timestamp in one form only");
        }
        return reasons;
    }

    /** The form of numbers in CSV, if it is not the standard one. */
    private Optional<NumberForm> otherNumbers() {
        return form.csv().map(csv -> csv.raw().numbers()).filter(numbers -> !numbers.isStandard());
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.guess("the names of database and table are made of those of bucket and folder"));
        findings.add(Finding.certain("format " + form.format().label()
                + (form.compression() == Compression.NONE
                        ? ""
                        : ", compressed by " + form.compression().label())
                + ": so are the files that were read"));
        form.csv().ifPresent(csv -> findings.add(Finding.guess("CSV with " + RawForms.dialect(csv))));
        if (!form.charset().equals(StandardCharsets.UTF_8)) {
            findings.add(
                    form.csv().isPresent()
                            ? Finding.guess("the files are in " + form.charset() + ": they are not in UTF-8")
                            : Finding.decide(
                                    "the files seem to be in " + form.charset() + ", and JSON is read in UTF-8 only"));
        }
        form.dateFormat()
                .ifPresent(format ->
                        findings.add(Finding.guess("dates are written as " + format + ": so are all that were read")));
        form.timestampFormat()
                .ifPresent(format -> findings.add(
                        Finding.guess("timestamps are written as " + format + ": so are all that were read")));
        otherNumbers()
                .ifPresent(numbers -> findings.add(
                        Finding.guess("numbers are written with " + numbers + ": so are all that were read")));
        findings.add(Finding.guess("columns and types: those of the files that were read, at the ends of the data"));
        List<String> reasons = reasonsToConvert();
        findings.add(
                reasons.isEmpty()
                        ? Finding.guess("processor validate: a table reads the files where they lie"
                                + (form.format() == DataFormat.PARQUET
                                        ? ""
                                        : "; convert would make Parquet of them, which queries read faster"))
                        : Finding.guess("processor convert: " + String.join("; ", reasons)));
        if (!reasons.isEmpty()) {
            findings.add(
                    Finding.decide("location " + target() + " is made up: choose a folder in one of TargetBuckets"));
        }
        return findings;
    }

    private S3Location target() {
        String prefix = location.prefix().isEmpty()
                ? ""
                : location.prefix().substring(0, location.prefix().length() - 1);
        return new S3Location(location.bucket(), prefix + (prefix.isEmpty() ? "parquet/" : "-parquet/"));
    }

    JsonNode json() {
        ObjectNode json = Json.documents().createObjectNode();
        json.put("database", table().database()).put("table", table().table());
        if (reasonsToConvert().isEmpty()) {
            json.put("location", location.uri());
            putFiles(json, CsvOptions.DEFAULT);
            putColumns(json);
            putLayout(json, layout.keys());
            json.putObject("processor").put("type", "validate");
        } else {
            json.put("location", target().uri()).put("format", "parquet");
            putColumns(json);
            json.set(
                    "partitionKeys",
                    keys(layout.keys().stream().map(RawSpec::ofTable).toList()));
            ObjectNode source = json.putObject("source").put("location", location.uri());
            putFiles(source, CsvOptions.RAW);
            form.dateFormat().ifPresent(format -> source.putArray("dateFormat").add(format));
            form.timestampFormat()
                    .ifPresent(format -> source.putArray("timestampFormat").add(format));
            putLayout(source, layout.keys());
            json.putObject("processor").put("type", "convert");
        }
        return json;
    }

    /** The table's key for a key of the source: a table writes dates in ISO format. */
    private static PartitionKey ofTable(PartitionKey key) {
        return key.type() == KeyType.DATE
                ? new PartitionKey(key.name(), key.type(), Optional.empty(), key.time(), key.interval())
                : key;
    }

    /**
     * Writes the format of the files. Raw data without quotes in the sample keeps the default, quoted: that reads it in
     * the same way, and other files may have quotes.
     */
    private void putFiles(ObjectNode json, CsvOptions standard) {
        json.put("format", form.format().label());
        form.csv().ifPresent(csv -> {
            ObjectNode options = json.putObject("csv").put("delimiter", String.valueOf(csv.delimiter()));
            if (csv.quoted() || !standard.quoted()) {
                options.put("quoted", csv.quoted());
            }
            if (standard.equals(CsvOptions.RAW)) {
                // A table with quotes has a backslash without saying so.
                csv.escape().ifPresent(c -> options.put("escape", String.valueOf(c)));
            }
            options.put("header", csv.header());
            if (!form.charset().equals(StandardCharsets.UTF_8)) {
                options.put("charset", form.charset().name());
            }
            otherNumbers().ifPresent(numbers -> put(options, numbers));
        });
    }

    private static void put(ObjectNode options, NumberForm numbers) {
        if (numbers.decimalSeparator() != NumberForm.STANDARD.decimalSeparator()) {
            options.put("decimalSeparator", String.valueOf(numbers.decimalSeparator()));
        }
        numbers.groupingSeparator().ifPresent(c -> options.put("groupingSeparator", String.valueOf(c)));
    }

    private void putColumns(ObjectNode json) {
        json.set("columns", Json.documents().valueToTree(columns));
    }

    private void putLayout(ObjectNode json, List<PartitionKey> keys) {
        json.set("partitionKeys", keys(keys));
        json.put("layout", layout.name());
    }

    private static JsonNode keys(List<PartitionKey> keys) {
        return Json.documents().valueToTree(keys);
    }
}
