package io.fanin.cli.init;

import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.RawCsv;
import io.fanin.model.text.LogSafe;
import io.fanin.records.sniff.FileSniffer.Sniffed.RawFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forms of numbers and timestamps that several files have in common, although not each has values that show them.
 *
 * @param numbers empty if all numbers are whole and without groups
 * @param timestampFormat empty if there are no timestamps but those of ISO 8601
 */
record RawForms(Optional<NumberForm> numbers, Optional<String> timestampFormat) {

    private static final RawForms NONE = new RawForms(Optional.empty(), Optional.empty());

    /** The dialect of a CSV file in words, without properties that only some of its values show. */
    static String dialect(CsvOptions csv) {
        return "'" + (csv.delimiter() == '\t' ? "tab" : String.valueOf(csv.delimiter())) + "' between fields, "
                + (csv.quoted() ? "quotes" : "no quotes")
                + csv.escape().map(c -> " (" + c + " before one inside)").orElse("") + " and "
                + (csv.header() ? "a header" : "no header");
    }

    /** Whether both files can be read with one dialect, since quotes are optional. */
    static boolean areOneDialect(CsvOptions one, CsvOptions other) {
        return one.delimiter() == other.delimiter()
                && one.header() == other.header()
                && one.escape().equals(other.escape());
    }

    /**
     * The first file with the forms of all files.
     *
     * @param files by their names
     * @param findings receives the contradictions
     */
    static RawFile common(RawFile first, Map<String, RawFile> files, List<Finding> findings) {
        RawForms common = NONE;
        for (Map.Entry<String, RawFile> file : files.entrySet()) {
            common = common.with(file.getKey(), of(file.getValue()), findings);
        }
        boolean quoted = first.csv().stream()
                .flatMap(one -> files.values().stream()
                        .flatMap(file -> file.csv().stream())
                        .filter(other -> areOneDialect(one, other)))
                .anyMatch(CsvOptions::quoted);
        return common.in(first, quoted);
    }

    private static RawForms of(RawFile file) {
        boolean hasPoints = file.csv().isPresent()
                && file.columns().stream()
                        .anyMatch(column ->
                                column.type().equals("double") || column.type().equals("float"));
        return new RawForms(
                file.csv().map(CsvOptions::raw).map(RawCsv::numbers).filter(form -> hasPoints || !form.isStandard()),
                file.timestampFormat());
    }

    /** The forms found so far, or those of another file. */
    private RawForms with(String file, RawForms other, List<Finding> findings) {
        numbers.ifPresent(before -> other.numbers
                .filter(now -> !now.equals(before))
                .map(now -> contradiction(file, "numbers with " + now, before, "csv.decimalSeparator"))
                .ifPresent(findings::add));
        timestampFormat.ifPresent(before -> other.timestampFormat
                .filter(now -> !now.equals(before))
                .map(now -> contradiction(file, "timestamps as " + now, before, "timestampFormat"))
                .ifPresent(findings::add));
        return new RawForms(numbers.or(other::numbers), timestampFormat.or(other::timestampFormat));
    }

    private static Finding contradiction(String file, String what, Object before, String field) {
        return Finding.decide(
                LogSafe.name(file) + " has " + what + ", and a file before it " + before + ": state " + field);
    }

    private RawFile in(RawFile file, boolean quoted) {
        NumberForm form = numbers.orElse(NumberForm.STANDARD);
        return new RawFile(
                file.format(),
                file.compression(),
                file.csv()
                        .map(csv -> new CsvOptions(
                                csv.delimiter(),
                                quoted,
                                csv.header(),
                                csv.nullText(),
                                csv.escape(),
                                csv.charset(),
                                csv.raw().with(form))),
                file.charset(),
                file.dateFormat(),
                timestampFormat,
                file.columns(),
                file.ambiguities());
    }
}
