package io.fanin.model.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Malicious variants of a JSON document: the same document with another value, or another text, in one place. */
public final class HostileJson {

    private static final int DEEP = 900;
    private static final int TOO_DEEP = 2_000;
    private static final int LONG = 4_000;

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "1.0",
            "0.01",
            "-0.0",
            "1e3",
            "1e400",
            "-1e400",
            "1e999999999",
            "1e-999999999",
            "9e99999999999",
            "127",
            "32768",
            "2147483647",
            "2147483648",
            "-2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "NaN",
            "Infinity",
            "01",
            "9".repeat(999),
            "9".repeat(2_000),
            "0." + "0".repeat(900) + "1");

    private static final List<String> KINDS = List.of(
            "null", "true", "false", "[]", "{}", "[null]", "[[]]", "[{}]", "[1e400]", "{\"\": null}", "{\"a\": 1e400}");

    /** Without their quotes, separated by blanks. */
    private static final String TEXTS = """
            \\u0000 \\ud800 \\udc00x \\u2028 \\u202e \\ufeff \\uffff \\n \\u0020 \\u001b[2J \\u017f \\u0130 \\ud83d\\ude00 * ** ${ ${} \
            ${a}${b} ${dt}/${dt} / // .. ../x % %2 %zz %00 ' '' \\" \\\\ NaN -0 1e400 1e999999999 .1 0x10 99999999999999999999 P1D -P1D \
            PT-1S P36525D P106751991167300D PT9223372036854775807S P99999999999999999999D 2013-02-08 2013-02-30 \
            +999999999-12-31 -999999999-01-01 +999999999-12-31T23:59:59.999999999 -999999999-01-01T00:00 \
            9999-12-31T24:00 +1000000000-01-01 2013-02-08T17:00:60 +999999999-12-31T23:59:59.999999999Z \
            -999999999-01-01T00:00:00-18:00 +18:00 GMT+25 UTC+18:01 Z Europe/../x SystemV/PST8 yyyy yyyy' \
            yyyy/MM/dd/HH yyyyMMdd'T'HH [[[ ] # { p ppp G VV MMMMM n A e s3:// s3:///x s3://b s3://lake/ s3://lake/../ \
            s3://LAKE/x s3://lake/a//b/ s3://lake/% decimal(38,38) decimal(39,0) decimal(99999,99999) array<> array<int> \
            struct<a:> map<int> map<string,int> char(0) varchar(99999) list full range calendar events partitions validate \
            convert sql glue-job custom SELECT ( )) ; -- /* $$ E'\\\\' dt=2013-02-08/hour=17 a.b a.b.c . x/y \
            arn:aws:states:us-east-1:123456789012:execution:fanin:x _SUCCESS $folder$ fail skip register""";

    private static final List<String> REPEATED =
            List.of("a", "/", "${a}/", "(", "<", "array<", " ", "\\n", "%", "'", "a,", "-", "x=", "1", "\\u0000");

    /** Values as they are written in JSON, of every kind and at every edge; some of them are no JSON. */
    public static final List<String> VALUES = values();

    private HostileJson() {}

    private static List<String> values() {
        List<String> values = new ArrayList<>(NUMBERS);
        values.addAll(KINDS);
        values.add("\"\"");
        values.add("\" \"");
        for (String text : TEXTS.split(" ", -1)) {
            values.add("\"" + text + "\"");
        }
        for (String unit : REPEATED) {
            values.add("\"" + unit.repeat(LONG / unit.length()) + "\"");
        }
        for (int depth : new int[] {DEEP, TOO_DEEP}) {
            values.add("[".repeat(depth) + "]".repeat(depth));
            values.add("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
        }
        values.add("[" + "1,".repeat(LONG / 2) + "1]");
        values.add("[" + "\"a\",".repeat(LONG / 4) + "\"a\"]");
        return List.copyOf(values);
    }

    /** The JSON pointers of all values in a document, its own first. */
    public static List<String> places(JsonNode document) {
        List<String> places = new ArrayList<>();
        collect("", document, places);
        return places;
    }

    private static void collect(String place, JsonNode value, List<String> places) {
        places.add(place);
        value.properties().forEach(field -> collect(place + "/" + escaped(field.getKey()), field.getValue(), places));
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            collect(place + "/" + i, value.get(i), places);
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** The document's text with a value, as it is written in JSON, in the place of another. */
    public static String with(JsonNode document, String place, String value) {
        int last = place.lastIndexOf('/');
        if (last < 0) {
            return value;
        }
        JsonNode copy = document.deepCopy();
        JsonNode raw = JsonNodeFactory.instance.rawValueNode(new RawValue(value));
        String name = place.substring(last + 1).replace("~1", "/").replace("~0", "~");
        JsonNode parent = copy.at(place.substring(0, last));
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), raw);
        } else {
            ((ObjectNode) parent).set(name, raw);
        }
        return text(copy);
    }

    /** The document's text with one change anywhere, or a few. */
    public static String mutated(JsonNode document, Random random) {
        List<String> places = places(document);
        String value = random.nextInt(3) == 0 ? similar(document.at(any(places, random)), random) : any(VALUES, random);
        String text = with(document, any(places, random), value);
        return random.nextInt(4) == 0 ? broken(text, random) : text;
    }

    private static String any(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** A value of the same document, or a typing error in this one. */
    private static String similar(JsonNode value, Random random) {
        return random.nextBoolean() ? text(value) : broken(text(value), random);
    }

    /** The text with a few characters removed, repeated or replaced somewhere. */
    private static String broken(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(4));
        String between = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> text.substring(from, to).repeat(2);
            case 2 -> Character.toString(random.nextInt(0x300));
            default -> String.valueOf("0123456789eE+-.{}[]\",:\\".charAt(random.nextInt(23)));
        };
        return text.substring(0, from) + between + text.substring(to);
    }

    private static String text(JsonNode json) {
        try {
            return Json.documents().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
