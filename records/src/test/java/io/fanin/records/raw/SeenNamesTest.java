package io.fanin.records.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.raw.text.SeenNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SeenNamesTest {

    private static final int NAMES = 250_000;

    private final SeenNames seen = new SeenNames();

    @BeforeEach
    void beginRecord() {
        seen.clear();
    }

    @Test
    void nameCountsOnceInAnObjectWhateverItsCase() {
        int outer = seen.open();
        int inner = seen.open();

        assertThat(add(outer, "dt")).isTrue();
        assertThat(add(inner, "dt")).isTrue();
        assertThat(add(outer, "DT")).isFalse();
        seen.clear();
        assertThat(add(seen.open(), "dt")).isTrue();
    }

    /**
     * Names that would share a few slots in a table of {@code 2^19} slots with a known order, so that each is compared
     * with all.
     */
    @Test
    @Timeout(300)
    void namesThatStrangersChooseAreFoundInLinearTime() {
        int object = seen.open();

        for (byte[] name : namesOfOnePlace()) {
            assertThat(seen.add(object, name, 0, name.length)).isTrue();
        }
        assertThat(add(object, "another")).isTrue();
    }

    private static List<byte[]> namesOfOnePlace() {
        List<byte[]> names = new ArrayList<>();
        for (long i = 0; names.size() < NAMES; i++) {
            byte[] name = Long.toString(i, Character.MAX_RADIX).getBytes(StandardCharsets.US_ASCII);
            long hash = 0x9e3779b97f4a7c15L;
            for (byte letter : name) {
                hash = (hash ^ letter) * 0x100000001b3L;
            }
            int place = (int) ((hash * 0x9e3779b97f4a7c15L) >>> Integer.SIZE) & 0x7ffff;
            if (place < 4_096) {
                names.add(name);
            }
        }
        return names;
    }

    private boolean add(int object, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return seen.add(object, bytes, 0, bytes.length);
    }
}
