package io.fanin.records.raw;

import static io.fanin.records.raw.PlainJson.quoted;
import static io.fanin.records.raw.PlainJson.require;

import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads single values by the rules for their types, with java.math and java.time: written for reading, not for speed.
 * Throws {@link RuntimeException} where the type cannot hold the text.
 */
final class PlainScalars {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private static final Pattern TIMESTAMP =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})([Tt ]([0-9]{2}:[0-9]{2})(:([0-9]{2})([.,]([0-9]+))?)?"
                    + "( ?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?))?)?");

    private final ZoneId zone;

    /** @param zone of timestamps without an offset */
    PlainScalars(ZoneId zone) {
        this.zone = zone;
    }

    Object read(Single type, String text) {
        return switch (type) {
            case Decimal decimal -> {
                BigDecimal number = number(text).setScale(decimal.scale(), RoundingMode.HALF_UP);
                require(number.precision() <= decimal.precision());
                yield number;
            }
            case Characters characters -> {
                String counted = characters.padded() ? text.replaceAll(" +$", "") : text;
                require(counted.codePointCount(0, counted.length()) <= characters.most());
                yield text;
            }
            case Scalar scalar ->
                switch (scalar) {
                    case STRING -> text;
                    case BOOLEAN -> {
                        String lower = text.toLowerCase(Locale.ROOT);
                        require(lower.equals("true") || lower.equals("false"));
                        yield lower.equals("true");
                    }
                    case TINYINT -> whole(text, 8);
                    case SMALLINT -> whole(text, 16);
                    case INT -> whole(text, 32);
                    case BIGINT -> whole(text, 64);
                    case FLOAT -> {
                        float number = isSpecial(text)
                                ? Float.parseFloat(text)
                                : number(text).floatValue() + 0f;
                        require(isSpecial(text) || Float.isFinite(number));
                        yield number;
                    }
                    case DOUBLE -> {
                        double number = isSpecial(text)
                                ? Double.parseDouble(text)
                                : number(text).doubleValue() + 0d;
                        require(isSpecial(text) || Double.isFinite(number));
                        yield number;
                    }
                    case DATE -> date(text);
                    case TIMESTAMP -> timestamp(text);
                };
        };
    }

    private static boolean isSpecial(String text) {
        return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
    }

    private static BigDecimal number(String text) {
        require(text.length() <= 1_000 && NUMBER.matcher(text).matches());
        return new BigDecimal(text);
    }

    private static BigInteger whole(String text, int bits) {
        BigInteger number = number(text).toBigIntegerExact();
        require(number.bitLength() < bits);
        return number;
    }

    private static LocalDate date(String text) {
        require(text.length() == 10);
        LocalDate date = LocalDate.parse(text);
        require(date.getYear() >= 1);
        return date;
    }

    private LocalDateTime timestamp(String text) {
        Matcher parts = TIMESTAMP.matcher(text);
        require(parts.matches());
        LocalDate date = date(parts.group(1));
        LocalTime time = parts.group(3) == null
                ? LocalTime.MIDNIGHT
                : LocalTime.parse(parts.group(3) + ":" + (parts.group(5) == null ? "00" : parts.group(5)));
        String fraction = parts.group(7) == null ? "" : parts.group(7);
        LocalDateTime local =
                date.atTime(time).plus(Long.parseLong((fraction + "000000").substring(0, 6)), ChronoUnit.MICROS);
        String offset = parts.group(9);
        ZoneId in = offset == null ? zone : ZoneOffset.of(offset.toUpperCase(Locale.ROOT));
        LocalDateTime utc = local.atZone(in).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
        require(utc.getYear() >= 1 && utc.getYear() <= 9999);
        return utc;
    }

    static String text(LocalDateTime time) {
        return DateTimeFormatter.ofPattern(
                        time.get(ChronoField.MICRO_OF_SECOND) == 0
                                ? "uuuu-MM-dd HH:mm:ss"
                                : "uuuu-MM-dd HH:mm:ss.SSSSSS")
                .format(time);
    }

    /** The notation of a value in {@link Sink}. */
    static String shown(Object value) {
        return switch (value) {
            case BigDecimal number -> quoted(number.toPlainString());
            case LocalDateTime time -> quoted(text(time));
            case LocalDate date -> quoted(date.toString());
            case String text -> quoted(text);
            default -> value.toString();
        };
    }
}
