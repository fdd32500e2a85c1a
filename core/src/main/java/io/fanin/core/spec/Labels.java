package io.fanin.core.spec;

import java.util.Arrays;
import java.util.Locale;

/** How the constants of an enum stand in a spec: in lower case. */
final class Labels {

    private Labels() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The constant of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    static <E extends Enum<E>> E read(Class<E> type, String label) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected " + all(type) + ", found '" + label + "'"));
    }

    private static String all(Class<? extends Enum<?>> type) {
        StringBuilder all = new StringBuilder();
        Enum<?>[] constants = type.getEnumConstants();
        for (int i = 0; i < constants.length; i++) {
            all.append(i == 0 ? "" : i == constants.length - 1 ? " or " : ", ")
                    .append('\'')
                    .append(of(constants[i]))
                    .append('\'');
        }
        return all.toString();
    }
}
