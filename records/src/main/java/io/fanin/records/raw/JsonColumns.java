package io.fanin.records.raw;

import io.fanin.model.type.FieldNames;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Field;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.records.raw.text.JsonStrings;
import io.fanin.records.raw.text.SeenNames;
import io.fanin.records.serde.Mismatch;
import io.fanin.records.serde.SerDe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Skips JSON objects, and checks their values against a table's columns, as OpenX's SerDe reads them: a value without
 * an array around it is an array of one, and an empty text is null where an array, a map or a struct is expected. Texts
 * in columns of text are skipped, whatever their length. No object may repeat a name, ignoring case, and no map a key:
 * the SerDe does not allow it (<a href="https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html">OpenX JSON
 * SerDe</a>). Objects without columns are not checked.
 */
final class JsonColumns {

    /** The length of an escape with a character's code. */
    private static final int CODE = 6;

    private final JsonTokens tokens;
    private final ByteWindow in;
    private final Struct columns;
    private final List<String> path = new ArrayList<>();
    private final SeenNames seen = new SeenNames();
    private Mismatch first;
    private String twice;

    /** @param tokens the tokens of a window that keeps no bytes by default */
    JsonColumns(JsonTokens tokens, Struct columns) {
        this.tokens = tokens;
        this.in = tokens.in();
        this.columns = columns;
    }

    /** Skips the object at the position; returns the first value that cannot be read. */
    Optional<Mismatch> record() throws IOException {
        first = null;
        twice = null;
        path.clear();
        seen.clear();
        struct(columns);
        return Optional.ofNullable(first);
    }

    /** The first repeated name in an object of the last record. */
    Optional<String> twice() {
        return Optional.ofNullable(twice);
    }

    private void value(HiveType type) throws IOException {
        int c = tokens.next();
        if (c == 'n') {
            tokens.word("null");
            return;
        }
        switch (type) {
            case Single single -> single(single, c);
            case ListOf list -> list(list, c);
            case MapOf map -> {
                if (c == '{') {
                    map(map);
                } else {
                    nothing(map, c);
                }
            }
            case Struct struct -> {
                switch (c) {
                    case '{' -> struct(struct);
                    case '[' -> fieldsByPlace(struct);
                    default -> nothing(struct, c);
                }
            }
        }
    }

    private void single(Single type, int c) throws IOException {
        if (type == Scalar.STRING) {
            pass(c);
            return;
        }
        in.keep();
        boolean escaped = pass(c);
        int quote = c == '"' ? 1 : 0;
        boolean isRead = (c == '{' || c == '[')
                ? type instanceof Characters && reads(type, rewritten(in.index(0), in.position()))
                : reads(type, in.index(quote), in.position() - quote, escaped);
        if (!isRead) {
            report(type);
        }
        in.evict();
    }

    /**
     * An object or array as readers convert it to text: without white space, and with as few escapes as possible. They
     * may write its numbers differently.
     */
    private String rewritten(int from, int to) {
        StringBuilder text = new StringBuilder();
        boolean isQuoted = false;
        String json = new String(in.bytes(), from, to - from, StandardCharsets.UTF_8);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (isQuoted && c == '\\') {
                int end = i + (json.charAt(i + 1) == 'u' ? CODE : 2);
                text.append(escaped(json.substring(i, end)));
                i = end - 1;
                continue;
            }
            isQuoted ^= c == '"';
            if (isQuoted || " \t\r\n".indexOf(c) < 0) {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** The character of an escape, unless it must stay escaped. */
    private static String escaped(String escape) {
        if (escape.length() < CODE) {
            return escape.equals("\\/") ? "/" : escape;
        }
        char c = (char) Integer.parseInt(escape, 2, CODE, 16);
        if ("\b\f\n\r\t\"\\".indexOf(c) >= 0) {
            return "\\" + c;
        }
        return c < ' ' ? escape : String.valueOf(c);
    }

    /** Skips the value at the position, given its first byte; returns whether it is a string with escapes. */
    private boolean pass(int c) throws IOException {
        if (c == '"') {
            return tokens.string();
        }
        if (c == '{' || c == '[') {
            tokens.value(path.size() + 1);
        } else {
            tokens.single(c);
        }
        return false;
    }

    private boolean reads(Single type, int from, int to, boolean escaped) {
        return escaped
                ? reads(type, JsonStrings.decode(in.bytes(), from, to))
                : SerDe.OPENX_JSON.reads(type, in.bytes(), from, to);
    }

    private static boolean reads(Single type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SerDe.OPENX_JSON.reads(type, bytes, 0, bytes.length);
    }

    private void list(ListOf type, int c) throws IOException {
        if (c == '"' && !(type.element() instanceof Single)) {
            nothing(type, c);
        } else if (c == '"') {
            textAsList(type);
        } else if (c != '[') {
            value(type.element());
        } else {
            in.skip();
            if (!tokens.empty(']')) {
                do {
                    value(type.element());
                } while (tokens.another(']'));
            }
        }
    }

    /** Checks a text in place of an array: an empty one is null, any other is the only element. */
    private void textAsList(ListOf type) throws IOException {
        in.keep();
        boolean escaped = tokens.string();
        Single element = (Single) type.element();
        if (in.offset() > 2 && !reads(element, in.index(1), in.position() - 1, escaped)) {
            report(element);
        }
        in.evict();
    }

    /** Checks a value in place of an object: a text of white space is null, anything else cannot be read. */
    private void nothing(HiveType type, int c) throws IOException {
        in.keep();
        pass(c);
        boolean blank = c == '"'
                && JsonStrings.decode(in.bytes(), in.index(1), in.position() - 1)
                        .isBlank();
        if (!blank) {
            report(type);
        }
        in.evict();
    }

    private void map(MapOf type) throws IOException {
        in.skip();
        if (tokens.empty('}')) {
            return;
        }
        int object = seen.open();
        do {
            String key = name();
            boolean isRead = reads(type.key(), key);
            note(object, isRead ? SerDe.sameForOneValue(type.key(), key) : key);
            if (!isRead) {
                report(type.key(), key);
            }
            tokens.expect(':');
            value(type.value());
        } while (tokens.another('}'));
    }

    private void struct(Struct type) throws IOException {
        tokens.expect('{');
        if (tokens.empty('}')) {
            return;
        }
        int object = seen.open();
        do {
            int index = field(type.names(), object);
            tokens.expect(':');
            if (index == FieldNames.UNKNOWN) {
                pass(tokens.next());
            } else {
                value(type.fields().get(index));
            }
        } while (tokens.another('}'));
    }

    private void fieldsByPlace(Struct type) throws IOException {
        tokens.expect('[');
        if (tokens.empty(']')) {
            return;
        }
        int index = 0;
        do {
            if (index < type.fields().size()) {
                value(type.fields().get(index));
            } else {
                pass(tokens.next());
            }
            index++;
        } while (tokens.another(']'));
    }

    private void value(Field field) throws IOException {
        path.add(field.name());
        value(field.type());
        path.removeLast();
    }

    private int field(FieldNames names, int object) throws IOException {
        tokens.next();
        in.keep();
        boolean escaped = tokens.name();
        int from = in.index(1);
        int to = in.position() - 1;
        int index;
        if (escaped) {
            String name = JsonStrings.decode(in.bytes(), from, to);
            index = names.find(name);
            note(object, name);
        } else {
            index = names.find(in.bytes(), from, to);
            note(object, in.bytes(), from, to);
        }
        in.evict();
        return index;
    }

    private String name() throws IOException {
        tokens.next();
        in.keep();
        tokens.name();
        String name = JsonStrings.decode(in.bytes(), in.index(1), in.position() - 1);
        in.evict();
        return name;
    }

    private void note(int object, String name) {
        byte[] bytes = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        noteLower(object, bytes, 0, bytes.length);
    }

    private void note(int object, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                // Readers ignore the case of all letters.
                note(object, new String(bytes, from, to - from, StandardCharsets.UTF_8));
                return;
            }
        }
        noteLower(object, bytes, from, to);
    }

    private void noteLower(int object, byte[] bytes, int from, int to) {
        if (!seen.add(object, bytes, from, to) && twice == null) {
            twice = new String(bytes, from, Math.min(to - from, Mismatch.MAX), StandardCharsets.UTF_8);
        }
    }

    /** Reports the value from the mark to the position as unreadable. */
    private void report(HiveType type) {
        report(type, new String(in.marked(Mismatch.MAX), StandardCharsets.UTF_8));
    }

    private void report(HiveType type, String found) {
        if (first == null) {
            first = new Mismatch(String.join(".", path), type, found);
        }
    }
}
