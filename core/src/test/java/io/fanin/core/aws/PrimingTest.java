package io.fanin.core.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.CatalogException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;

class PrimingTest {

    private final AccessDeniedException denied =
            AccessDeniedException.builder().message("not authorized").build();

    @Test
    void refusalIsAnAnswer() {
        assertThat(Priming.with(answered(denied), answered(new CatalogException("denied", denied)))
                        .prime())
                .isEmpty();
    }

    @Test
    void whatIsNoAnswerIsAFailure() {
        SdkClientException unreachable = SdkClientException.create("unreachable");
        IllegalStateException wrong = new IllegalStateException("wrong");

        assertThat(Priming.with(answered(unreachable), answered(wrong)).prime()).containsExactly(unreachable, wrong);
    }

    private static Priming.Step answered(Exception thrown) {
        return Priming.answered(() -> {
            throw thrown;
        });
    }
}
