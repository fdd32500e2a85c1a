package io.fanin.model.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.SpecException.Problem;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What is said of a refused spec. */
class SpecExceptionTest {

    /** The cause of a failed execution has 32 KiB of JSON, and Lambda adds a stack trace to the message. */
    private static final int MAX = 4_096;

    @Test
    void messageFitsIntoTheCauseOfAnExecution() {
        String longText = "x".repeat(200_000);

        assertThat(SpecException.at("$.only", "expected \"events\", found " + longText)
                        .getMessage())
                .startsWith("The table spec cannot be run: $.only: expected \"events\", found xxx")
                .endsWith("xxx...")
                .hasSizeLessThan(MAX);
        assertThat(SpecException.of(Collections.nCopies(100, new Problem("$.columns", "y".repeat(900)))))
                .satisfies(refusal -> {
                    assertThat(refusal.getMessage()).hasSizeLessThan(MAX);
                    assertThat(refusal.problems()).hasSize(100);
                });
        assertThat(new SpecException(longText, null).getMessage()).hasSizeLessThan(MAX);
    }
}
