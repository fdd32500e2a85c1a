package io.fanin.records.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import io.fanin.core.s3.BlockInputStream;
import io.fanin.model.failure.FailureCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BoundedZstdTest {

    @Test
    void objectWithoutMemoryForItsWindowIsNotBad() throws IOException {
        try (BoundedZstd zstd = new BoundedZstd(new Exhausted())) {
            assertThatThrownBy(zstd::read)
                    .isInstanceOfSatisfying(
                            LackOfMemoryException.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.OUT_OF_MEMORY))
                    .hasMessage("the function has too little memory left for its zstd window:"
                            + " raise the stack's parameter ProcessorMemory");
        }
    }

    /** Throws like the library when the memory is exhausted. */
    private static final class Exhausted extends BlockInputStream {

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new ZstdIOException(-Zstd.errMemoryAllocation());
        }
    }
}
