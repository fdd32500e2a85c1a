package io.fanin.records.raw;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Single;
import io.fanin.records.raw.text.BadRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads CSV by the rules for its dialects and types: written for reading, not for speed. Each character stands for a
 * byte.
 */
final class PlainCsv {

    final List<String> good = new ArrayList<>();

    /** Lines in which bad records begin. */
    final List<Long> bad = new ArrayList<>();

    private final Columns columns;
    private final CsvOptions options;
    private final boolean byPlace;
    private final PlainScalars scalars;
    private final PlainJson nested;
    private final UnknownColumns unknown;
    private final List<String> required;
    private String text = "";
    private int at;
    private long line = 1;
    private boolean overLines;

    PlainCsv(
            List<Column> columns,
            CsvOptions options,
            CsvReading reading,
            ZoneId zone,
            UnknownColumns unknown,
            List<String> required) {
        this.columns = new Columns(columns, required);
        this.options = options;
        this.byPlace = reading == CsvReading.BY_PLACE;
        this.scalars = new PlainScalars(zone);
        this.nested = new PlainJson(this.columns, zone, unknown);
        this.unknown = unknown;
        this.required = required;
    }

    /** @param quoted whether it was in quotes, or has had escaped characters */
    private record Field(String bytes, boolean quoted) {}

    void read(byte[] csv) {
        text = new String(csv, StandardCharsets.ISO_8859_1);
        at = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
        List<Integer> header = IntStream.range(0, columns.size()).boxed().toList();
        boolean stranger = false;
        if (options.header() && byPlace) {
            passLine();
        } else if (options.header()) {
            passBlankLines();
            if (at == text.length()) {
                return;
            }
            try {
                header = record().stream()
                        .map(field -> columns.names().find(utf8(field).strip()))
                        .toList();
            } catch (BadRecordException | IllegalArgumentException e) {
                good.add("bad header");
                return;
            }
            List<Integer> known = header.stream().filter(column -> column >= 0).toList();
            if (known.isEmpty() || new HashSet<>(known).size() < known.size()) {
                good.add("bad header");
                return;
            }
            stranger = unknown == UnknownColumns.BAD && known.size() < header.size();
        }
        passBlankLines();
        while (at < text.length()) {
            record(header, stranger);
            passBlankLines();
        }
    }

    private void record(List<Integer> header, boolean stranger) {
        int begin = at;
        long first = line;
        try {
            List<Field> fields = record();
            boolean fits = fields.size() == header.size() || (byPlace && fields.size() < header.size());
            if (!fits && overLines) {
                throw new BadRecordException("its fields are over several lines");
            }
            Optional<String> read = fits && !stranger ? values(header, fields) : Optional.empty();
            read.ifPresentOrElse(good::add, () -> bad.add(first));
        } catch (BadRecordException e) {
            at = begin;
            line = first;
            passLine();
            bad.add(first);
        }
    }

    private Optional<String> values(List<Integer> header, List<Field> fields) {
        String[] values = new String[columns.size()];
        try {
            for (int i = 0; i < fields.size(); i++) {
                int column = header.get(i);
                if (column >= 0 && !isNull(fields.get(i), columns.type(column).isText())) {
                    values[column] = value(columns.type(column), fields.get(i));
                }
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
        if (required.stream().anyMatch(name -> values[columns.names().find(name)] == null)) {
            return Optional.empty();
        }
        return Optional.of(IntStream.range(0, values.length)
                .filter(i -> values[i] != null)
                .mapToObj(i -> "\"" + i + "\":" + values[i])
                .collect(Collectors.joining(",", "{", "}")));
    }

    private String value(HiveType type, Field field) {
        if (type instanceof Single single) {
            return PlainScalars.shown(scalars.read(single, utf8(field)));
        }
        String json = nested.json(type, field.bytes().getBytes(StandardCharsets.ISO_8859_1))
                .orElseThrow(IllegalArgumentException::new);
        return json.equals("null") ? null : json;
    }

    private boolean isNull(Field field, boolean ofText) {
        if (field.quoted() || (byPlace && options.readersNull().isEmpty())) {
            return false;
        }
        boolean emptyIsNull = !ofText || (!byPlace && options.nullText().isEmpty());
        return (field.bytes().isEmpty() && emptyIsNull) || isNullText(field.bytes());
    }

    private boolean isNullText(String bytes) {
        String nullText = options.nullText().orElse(CsvOptions.HIVE_NULL);
        return bytes.equals(new String(nullText.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private static String utf8(Field field) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(field.bytes().getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<Field> record() {
        overLines = false;
        if (byPlace && options.quoted()) {
            int begin = at;
            passLine();
            String bytes = text.substring(begin, at).replaceFirst("(\r\n|\r|\n)$", "");
            return new OpenCsvLine(options.delimiter(), options.readersEscape().orElseThrow())
                    .fields(bytes.getBytes(StandardCharsets.ISO_8859_1)).stream()
                            .map(field -> new Field(new String(field, StandardCharsets.ISO_8859_1), true))
                            .toList();
        }
        List<Field> fields = new ArrayList<>();
        do {
            fields.add(options.quoted() && peek() == '"' ? inQuotes() : plain());
        } while (passDelimiter());
        if (at < text.length()) {
            passLine();
        }
        return fields;
    }

    private Field inQuotes() {
        StringBuilder content = new StringBuilder();
        at++;
        while (peek() != '"' || (at + 1 < text.length() && text.charAt(at + 1) == '"')) {
            at += peek() == '"' || isEscape() ? 1 : 0;
            if (peek() < 0) {
                throw new BadRecordException("a quote is never closed");
            }
            overLines |= isLineEnd();
            content.append(read());
        }
        at++;
        if (at < text.length() && peek() != options.delimiter() && !isLineEnd()) {
            throw new BadRecordException("a text follows a closing quote");
        }
        return new Field(content.toString(), true);
    }

    private Field plain() {
        int begin = at;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && peek() != options.delimiter() && !isLineEnd()) {
            if (isEscape() && at + 1 < text.length() && "\r\n".indexOf(text.charAt(at + 1)) < 0) {
                at++;
            }
            content.append(read());
        }
        String raw = text.substring(begin, at);
        boolean escaped = content.length() < raw.length() && !isNullText(raw);
        return new Field(escaped ? content.toString() : raw, escaped);
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private boolean isEscape() {
        return options.escape().isPresent() && peek() == options.escape().get();
    }

    private boolean isLineEnd() {
        return peek() == '\n' || peek() == '\r';
    }

    private char read() {
        char c = text.charAt(at++);
        line += c == '\n' || (c == '\r' && peek() != '\n') ? 1 : 0;
        return c;
    }

    private boolean passDelimiter() {
        boolean is = peek() == options.delimiter();
        at += is ? 1 : 0;
        return is;
    }

    private void passLine() {
        long first = line;
        while (at < text.length() && line == first) {
            read();
        }
    }

    private void passBlankLines() {
        while (!byPlace && isLineEnd()) {
            read();
        }
    }
}
