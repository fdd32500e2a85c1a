package io.fanin.model.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureCodeTest {

    @Test
    void eachWordMeansOneThing() {
        assertThat(Arrays.stream(FailureCode.values())
                        .flatMap(code -> Stream.concat(Stream.of(code.word()), code.synonyms().stream())))
                .doesNotHaveDuplicates()
                .allSatisfy(word -> assertThat(FailureCode.find(word)).isPresent());
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void meaningAndAdviceAreSentences(FailureCode code) {
        assertThat(List.of(code.meaning(), code.advice()))
                .allSatisfy(text -> assertThat(text).matches("[A-Z].*\\.").doesNotContain("\n", "  "));
    }

    /** A redrive uses the spec with which its execution began. */
    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void aFailureOfTheSpecIsHealedByAnotherExecution(FailureCode code) {
        assertThat(code.advice().contains("a new execution"))
                .as(code.advice())
                .isEqualTo(code.origin() == FailureOrigin.SPEC
                        || code.meaning().contains("the spec")
                        || code.advice().contains("spec"));
        assertThat(code.advice())
                .as("a corrected spec is never followed by a redrive")
                .doesNotContainPattern("spec[^.;]*(?:, then|; then) redrive");
    }

    @Test
    void otherWordsGetAdviceToo() {
        assertThat(FailureAdvice.of("TooLate")).isEqualTo("Read the message, remove the cause, then redrive.");
        assertThat(FailureAdvice.of("States.Timeout")).isEqualTo(FailureCode.PROCESSOR_TIMED_OUT.advice());
    }

    @Test
    void onlyWhereAllFailuresAreTheSpecsARedriveIsUseless() {
        assertThat(FailureAdvice.needsAnotherSpec(List.of("SqlError", "UnknownTable")))
                .isTrue();
        assertThat(FailureAdvice.needsAnotherSpec(List.of("SqlError", "Truncated")))
                .isFalse();
        assertThat(FailureAdvice.needsAnotherSpec(List.of("TooLate"))).isFalse();
        assertThat(FailureAdvice.needsAnotherSpec(List.of())).isFalse();
    }

    @Test
    void failuresOfOneKindMayAllBeHealedByAnotherSpec() {
        assertThat(FailureAdvice.areAlikeAndHealedBySpec(List.of("BadRecord", "BadRecord")))
                .isTrue();
        assertThat(FailureAdvice.areAlikeAndHealedBySpec(List.of("BadRecord", "BadRecords")))
                .isFalse();
        assertThat(FailureAdvice.areAlikeAndHealedBySpec(List.of("NoObjects", "NoObjects")))
                .as("no spec brings data")
                .isFalse();
        assertThat(FailureAdvice.areAlikeAndHealedBySpec(List.of("TooLate", "TooLate")))
                .isFalse();
        assertThat(FailureAdvice.areAlikeAndHealedBySpec(List.of())).isFalse();
    }
}
