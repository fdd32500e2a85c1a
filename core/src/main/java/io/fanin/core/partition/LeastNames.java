package io.fanin.core.partition;

import java.time.LocalDateTime;
import java.util.List;

/**
 * Writes the least name of a level for a moment.
 *
 * <p>The order of bytes follows time as long as units follow each other from coarse to fine, in full width. A number in
 * another padding comes behind the one in full width when its value does ({@code 2} is behind {@code 02}, {@code 9} behind
 * {@code 11} and told by its value); but for zero, which comes before ({@code 0/} before {@code 00}).
 */
final class LeastNames {

    private final List<TimeKey> keys;
    private final int momentKey;
    private final int lastUnitOfMoment;
    private final LocalDateTime moment;

    /**
     * The names for a moment.
     *
     * @param momentKey the index of the key that is a moment by itself; negative when there is none
     * @param lastUnitOfMoment the finest unit for which that key counts
     */
    LeastNames(List<TimeKey> keys, int momentKey, int lastUnitOfMoment, LocalDateTime moment) {
        this.keys = keys;
        this.momentKey = momentKey;
        this.lastUnitOfMoment = lastUnitOfMoment;
        this.moment = moment;
    }

    /**
     * The least name.
     *
     * @param told how many units, from the year on, the levels above have told: as the moment has them
     */
    LeastName of(List<NamePart> parts, int told) {
        Writing writing = new Writing(told);
        boolean isWhole = parts.stream().allMatch(writing::add);
        return new LeastName(writing.text.toString(), writing.unit > told, isWhole);
    }

    /** A name as far as it is written. */
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
                when value.key() == momentKey ->
                    PatternPart.of(value.pattern().orElseThrow()).stream().allMatch(this::add);
                case NamePart.Value value -> number(keys.get(value.key()));
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
            return unit <= lastUnitOfMoment && TimeUnits.isFullWidth(field, unit) && write();
        }

        private boolean number(TimeKey key) {
            boolean counts = momentKey < 0 || key.unit() > TimeKey.DAY;
            return counts && key.unit() == unit && TimeUnits.number(moment, unit) != 0 && write();
        }

        private boolean write() {
            text.append(TimeUnits.text(moment, unit));
            unit++;
            return true;
        }
    }
}
