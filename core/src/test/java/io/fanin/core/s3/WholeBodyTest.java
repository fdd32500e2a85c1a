package io.fanin.core.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class WholeBodyTest {
    @Test
    void bodyThatEndsBeforeItsLengthIsNoEnd() {
        byte[] two = {'{', '}'};
        ResponseInputStream<GetObjectResponse> response = new ResponseInputStream<>(
                GetObjectResponse.builder().build(), AbortableInputStream.create(new ByteArrayInputStream(two)));

        assertThatThrownBy(() -> new WholeBody(response, () -> "s3://lake/a", 3).readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessage("object s3://lake/a ended after 2 of 3 bytes (the connection was closed): try again");
    }

    @Test
    void bodyThatIsNotReadToItsEndIsAborted() throws IOException {
        AtomicBoolean aborted = new AtomicBoolean();
        ResponseInputStream<GetObjectResponse> response = new ResponseInputStream<>(
                GetObjectResponse.builder().build(),
                AbortableInputStream.create(InputStream.nullInputStream(), () -> aborted.set(true)));

        new WholeBody(response, () -> "s3://lake/a", 1L << 40).close();

        assertThat(aborted).isTrue();
    }
}
