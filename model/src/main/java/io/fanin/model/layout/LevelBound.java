package io.fanin.model.layout;

import java.util.Optional;

/**
 * The names of a level that need not be listed because no partition below them begins within the requested bounds.
 * Names are those of folders, without their slash; they are compared by UTF-8 bytes, as S3 lists them.
 */
public sealed interface LevelBound {

    /** All names have to be listed. */
    LevelBound NONE = new None();

    /** The name at which the listing starts; longer names with this beginning sort after it. */
    Optional<String> start();

    /**
     * The name after which the listing continues; it sorts after the last one.
     *
     * @param last the last name listed
     * @return empty if all that follow have to be listed
     */
    Optional<String> onward(String last);

    /** The bound that excludes nothing; see {@link #NONE}. */
    record None() implements LevelBound {
        @Override
        public Optional<String> start() {
            return Optional.empty();
        }

        @Override
        public Optional<String> onward(String last) {
            return Optional.empty();
        }
    }

    /** All names from the least one on. */
    record Names(String least) implements LevelBound {
        @Override
        public Optional<String> start() {
            return Optional.of(least);
        }

        @Override
        public Optional<String> onward(String last) {
            return Optional.empty();
        }
    }

    /**
     * All values from the least one on, in names {@code key=value} whose key each writer may spell in its own case
     * ({@code dt}, {@code Dt}, {@code DT}): the spelling is taken from the listed names.
     *
     * @param least as written in a name
     */
    record Values(String least) implements LevelBound {
        @Override
        public Optional<String> start() {
            return Optional.empty();
        }

        /**
         * A value is certainly greater only if it has a greater digit in the same place; only its number is used,
         * because the text after it may be escaped in other names and sort before the least value's own spelling.
         */
        @Override
        public Optional<String> onward(String last) {
            int value = last.indexOf('=') + 1;
            int same = 0;
            while (same < least.length()
                    && value + same < last.length()
                    && least.charAt(same) == last.charAt(value + same)) {
                same++;
            }
            boolean isBehind = value > 0
                    && isDigit(least, same)
                    && isDigit(last, value + same)
                    && least.charAt(same) > last.charAt(value + same);
            return isBehind ? Optional.of(last.substring(0, value) + numberThrough(same)) : Optional.empty();
        }

        private String numberThrough(int index) {
            int end = index;
            while (isDigit(least, end)) {
                end++;
            }
            return least.substring(0, end);
        }

        private static boolean isDigit(String text, int index) {
            return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
        }
    }
}
