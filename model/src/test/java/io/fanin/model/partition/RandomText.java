package io.fanin.model.partition;

import java.util.Random;

/** Hostile texts, drawn from a seeded random. */
public final class RandomText {

    private static final String SPECIAL = "%%%\"#'*/:=?\\{[]^ +-._~&$@,;!<>|`0123456789abcdefABCDEF";

    private RandomText() {}

    /** One to {@code longest} code points: escapes and similar text, control characters, all of Unicode. */
    public static String next(Random random, int longest) {
        int length = 1 + random.nextInt(longest);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(codePoint(random));
        }
        return text.toString();
    }

    /** The same, without characters that Glue takes in no value. */
    public static String nextValue(Random random, int longest) {
        return next(random, longest).replaceAll("[\\x00-\\x08\\x0A-\\x1F\\uFFFE\\uFFFF]", "x");
    }

    private static int codePoint(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> 0x80 + random.nextInt(0x780);
            case 2 -> 0xE000 + random.nextInt(0x2000);
            case 3 -> 0x10000 + random.nextInt(0x100000);
            default -> SPECIAL.charAt(random.nextInt(SPECIAL.length()));
        };
    }
}
