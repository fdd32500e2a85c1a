package io.fanin.cli.init;

import io.fanin.cli.init.values.RawValues;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.DataFormat;
import io.fanin.model.text.LogSafe;
import io.fanin.records.sniff.FileSniffer.Sniffed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The common properties of sampled files of several partitions.
 *
 * @param form of the first of them: format, dialect and charset; empty if none can be read
 * @param columns of all, in the order in which they were seen first, without those named like a key
 * @param findings where files contradict each other
 */
record RawSample(Optional<Sniffed.RawFile> form, List<Column> columns, List<Finding> findings) {

    /**
     * A file and its partition.
     *
     * @param findings about its values and names
     */
    record Sampled(String file, Sniffed sniffed, List<Finding> findings) {

        static Sampled of(String file, Sniffed sniffed) {
            return new Sampled(file, sniffed, List.of());
        }

        static Sampled of(String file, RawValues.Kept kept) {
            return new Sampled(
                    file,
                    kept.file(),
                    Stream.concat(
                                    kept.notes().stream().map(Finding::guess),
                                    kept.alike().stream().map(Finding::decide))
                            .toList());
        }
    }

    static RawSample of(List<Sampled> files, List<PartitionKey> keys) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Sniffed.RawFile> readable = new LinkedHashMap<>();
        for (Sampled file : files) {
            switch (file.sniffed()) {
                case Sniffed.RawFile found -> readable.put(file.file(), found);
                case Sniffed.Unreadable(String why) ->
                    findings.add(Finding.decide(LogSafe.name(file.file()) + " cannot be read: " + why));
            }
        }
        Optional<Sniffed.RawFile> first = readable.values().stream().findFirst();
        first.ifPresent(form -> readable.forEach((file, other) -> compare(form, file, other, findings)));
        files.stream().flatMap(file -> file.findings().stream()).distinct().forEach(findings::add);
        readable.values().stream()
                .flatMap(file -> file.ambiguities().stream())
                .distinct()
                .forEach(text -> findings.add(Finding.guess(text)));
        Optional<Sniffed.RawFile> form = first.map(file -> RawForms.common(file, readable, findings));
        return new RawSample(form, columns(readable, keys, findings), List.copyOf(findings));
    }

    private static void compare(Sniffed.RawFile form, String file, Sniffed.RawFile other, List<Finding> findings) {
        Stream.of(
                        difference(
                                "format", form.format().label(), other.format().label()),
                        difference(
                                "charset",
                                form.charset().name(),
                                other.charset().name()),
                        difference(
                                "format of dates",
                                form.dateFormat().orElse("ISO 8601"),
                                other.dateFormat().orElse("ISO 8601")))
                .flatMap(Optional::stream)
                .forEach(text -> findings.add(Finding.decide(LogSafe.name(file) + " has another " + text)));
        form.csv()
                .ifPresent(first -> other.csv()
                        .filter(csv -> !RawForms.areOneDialect(first, csv))
                        .ifPresent(csv -> findings.add(Finding.decide(LogSafe.name(file) + " is CSV with "
                                + RawForms.dialect(csv) + ", and the first file with " + RawForms.dialect(first)))));
        if (form.csv().isPresent() && !names(form).equals(names(other))) {
            findings.add(Finding.decide(LogSafe.name(file) + " has the columns " + names(other)
                    + ", and the first file has " + names(form) + ": CSV is read by position"));
        }
        if (form.format() == DataFormat.PARQUET) {
            compareColumns(form, file, other, findings);
        }
    }

    private static void compareColumns(
            Sniffed.RawFile form, String file, Sniffed.RawFile other, List<Finding> findings) {
        List<String> lacking = lacking(form, other);
        List<String> more = lacking(other, form);
        if (!lacking.isEmpty() || !more.isEmpty()) {
            findings.add(Finding.decide(LogSafe.name(file) + " has other columns than the first file: not " + lacking
                    + ", but " + more + "; files that lack a column of the table are refused, unless validate has"
                    + " \"schema\": \"ignore\""));
        }
    }

    /** The columns of one file that another does not have. */
    private static List<String> lacking(Sniffed.RawFile one, Sniffed.RawFile other) {
        Set<String> there =
                names(other).stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return names(one).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !there.contains(name))
                .map(LogSafe::name)
                .toList();
    }

    private static Optional<String> difference(String what, String expected, String found) {
        return expected.equals(found)
                ? Optional.empty()
                : Optional.of(what + " than the first file: " + found + " instead of " + expected);
    }

    private static List<String> names(Sniffed.RawFile file) {
        return file.columns().stream().map(Column::name).toList();
    }

    private static List<Column> columns(
            Map<String, Sniffed.RawFile> files, List<PartitionKey> keys, List<Finding> findings) {
        Set<String> ofKeys = keys.stream().map(PartitionKey::canonicalName).collect(Collectors.toSet());
        Map<String, Column> columns = new LinkedHashMap<>();
        files.forEach((file, found) -> found.columns().forEach(column -> {
            String name = column.name().toLowerCase(Locale.ROOT);
            if (ofKeys.contains(name)) {
                String text = "the files have a field named like the key " + name + ", which is left out";
                Finding finding = found.csv().isPresent()
                        ? Finding.decide(text + ": CSV is read by position")
                        : Finding.guess(text);
                if (!findings.contains(finding)) {
                    findings.add(finding);
                }
            } else {
                columns.merge(
                        name, new Column(name, column.type()), (before, now) -> merged(file, before, now, findings));
            }
        }));
        return List.copyOf(columns.values());
    }

    private static Column merged(String file, Column before, Column now, List<Finding> findings) {
        if (before.type().equals(now.type())) {
            return before;
        }
        String type = CommonType.of(before.type(), now.type());
        findings.add(Finding.guess("column " + LogSafe.name(now.name()) + " is " + now.type() + " in "
                + LogSafe.name(file) + " and " + before.type() + " before: taken for " + type));
        return new Column(before.name(), type);
    }
}
