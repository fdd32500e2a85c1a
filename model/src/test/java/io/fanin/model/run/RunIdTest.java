package io.fanin.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

    @ParameterizedTest
    @CsvSource({
        "r1, r1",
        "8a1c9f3e-6d0b-4a53-9d2e-0f6c7b1a2d3e, 8a1c9f3e-6d0b-4a53-9d2e-0f6c7b1a2d3e",
        "arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:flights.2013-02-08+1_a, flights.2013-02-08+1_a",
        "nightly=1, nightly~3D1",
        "a(b), a~28b~29",
        "arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:a(b), a~28b~29",
        "!@!, ~21~40~21",
        ".hidden, ~2Ehidden",
        "..., ~2E..",
        "caf\u00e9, caf~C3~A9",
        "\uD83D\uDE00, ~F0~9F~98~80",
    })
    void nameThatCannotBeAFolderIsEncoded(String execution, String folder) {
        assertThat(RunId.ofExecution(execution)).hasToString(folder);
        assertThat(new RunId(folder)).as("an id stands for itself").isEqualTo(RunId.ofExecution(execution));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "../a", "a b", "a\n", "s3://x/y", "a\u0000"})
    void whatMayNotBeANameLeavesNoFolderOfItsOwn(String name) {
        assertThat(new RunId(name).value()).matches("[A-Za-z0-9_+~-][A-Za-z0-9_.+~-]*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "arn:aws:states:"})
    void runWithoutANameIsRefused(String execution) {
        assertThatThrownBy(() -> RunId.ofExecution(execution))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the name or the ARN of an execution");
    }

    /** People type ids, too. */
    @ParameterizedTest
    @ValueSource(strings = {"a~", "a~2", "a~zz", "a~-1b", "~+1"})
    void idThatIsNotEncodedHasNoName(String id) {
        assertThat(new RunId(id).executionName()).isEmpty();
    }

    @Test
    void plainNamesStayAsTheyAre() {
        assertThat(new RunId("r".repeat(80))).hasToString("r".repeat(80));
    }

    @Test
    void longestNamesLeaveRoomInAKey() {
        RunId first = new RunId("\uD83D\uDE00".repeat(79) + "a");
        RunId second = new RunId("\uD83D\uDE00".repeat(79) + "b");

        assertThat(first.value()).hasSizeLessThanOrEqualTo(160).isNotEqualTo(second.value());
        assertThat(new RunId(first.value())).isEqualTo(first);
    }

    @Test
    void differentNamesHaveDifferentFolders() {
        long seed = 20130208;
        Random random = new Random(seed);
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String name = name(random);
            String other = names.put(new RunId(name).value(), name);
            assertThat(other == null || other.equals(name))
                    .as("seed %s: '%s' and '%s' have one folder", seed, name, other)
                    .isTrue();
        }
    }

    /** Short and of few characters, so that much is alike. */
    private static String name(Random random) {
        int[] alphabet = "=2E3D.(a\u00e9".codePoints().toArray();
        StringBuilder name = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            name.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return name.toString();
    }
}
