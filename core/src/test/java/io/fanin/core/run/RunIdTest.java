package io.fanin.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

    @ParameterizedTest
    @CsvSource({
        "r1, r1",
        "8a1c9f3e-6d0b-4a53-9d2e-0f6c7b1a2d3e, 8a1c9f3e-6d0b-4a53-9d2e-0f6c7b1a2d3e",
        "arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:flights.2013-02-08+1_a, flights.2013-02-08+1_a",
    })
    void executionIsNamedByItsNameOrArn(String execution, String run) {
        assertThat(RunId.ofExecution(execution)).isEqualTo(new RunId(run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "../a", "a b", "a\n", "é", "arn:aws:states:", "a:b:c/d"})
    void nameThatIsNotSafeInAKeyIsRefused(String execution) {
        assertThatThrownBy(() -> RunId.ofExecution(execution))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot name a run: expected 1 to 80 letters");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 80, 81})
    void nameHasAtMost80Characters(int length) {
        if (length <= 80) {
            assertThat(new RunId("r".repeat(length)).toString()).hasSize(length);
        } else {
            assertThatThrownBy(() -> new RunId("r".repeat(length))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
