package io.fanin.model.partition;

import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalInt;

/**
 * Computes the least name of a level for a time, at which a listing can start.
 *
 * <p>The order of bytes follows time as long as units follow each other from coarse to fine, in full width. A number
 * with other padding that has a greater value sorts after the one in full width ({@code 2} after {@code 02}; {@code 9}
 * after {@code 11}, and is excluded by its value); except zero, which sorts before ({@code 0/} before {@code 00}).
 */
final class StartAfterBound {

    private final TimeKeys keys;
    private final LocalDateTime moment;

    StartAfterBound(TimeKeys keys, LocalDateTime moment) {
        this.keys = keys;
        this.moment = moment;
    }

    /**
     * The least name.
     *
     * @param units how many units, from the year on, the levels above contain, equal to the time's
     */
    LeastName of(List<NamePart> parts, int units) {
        Writing writing = new Writing(units);
        boolean isWhole = parts.stream().allMatch(writing::add);
        return new LeastName(writing.text.toString(), writing.unit > units, isWhole);
    }

    /** A name while it is written, up to the first part that cannot be. */
    private final class Writing {
        private final StringBuilder text = new StringBuilder();
        private int unit;

        Writing(int unit) {
            this.unit = unit;
        }

        /** Whether the whole part could be written. */
        boolean add(NamePart part) {
            return switch (part) {
                case NamePart.Literal(String literal) -> literal(literal);
                case NamePart.Value value
                when keys.moment().equals(OptionalInt.of(value.key())) ->
                    PatternPart.of(value.pattern().orElseThrow()).stream().allMatch(this::add);
                case NamePart.Value value -> number(value.key());
            };
        }

        private boolean add(PatternPart part) {
            return switch (part) {
                case PatternPart.Literal(String literal) -> literal(literal);
                case PatternPart.Field field -> field(field);
            };
        }

        private boolean literal(String literal) {
            text.append(literal);
            return true;
        }

        private boolean field(PatternPart.Field field) {
            boolean counts = !keys.hasUnits() || unit < keys.firstUnit();
            return counts && TimeUnits.isFullWidth(field, unit) && write();
        }

        private boolean number(int key) {
            return keys.keyOf(unit).equals(OptionalInt.of(key)) && TimeUnits.number(moment, unit) != 0 && write();
        }

        private boolean write() {
            text.append(TimeUnits.text(moment, unit));
            unit++;
            return true;
        }
    }
}
