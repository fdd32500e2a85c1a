package io.fanin.processor.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.ScratchDatabase;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LazyTest {

    @TempDir
    private Path temporary;

    private final List<String> calls = new ArrayList<>();
    private final Lazy<Closeable> database = new Lazy<>(() -> {
        calls.add("open");
        return () -> calls.add("close");
    });

    @Test
    void oneServesAllUses() throws IOException {
        database.use(open -> calls.add("use"));
        database.use(open -> calls.add("use"));
        database.close();
        database.close();

        assertThat(calls).containsExactly("open", "use", "use", "close");
    }

    @Test
    void anotherOneIsOpenedAfterTheDatabaseHasFailed() throws IOException {
        fail(new ConversionException(FailureCode.NO_SPACE, "the disk is full"));
        fail(new ObjectDefectException(FailureCode.EXPECTATION_FAILED, "cannot be told", ofDuckDb()));
        database.use(open -> calls.add("use"));

        assertThat(calls).containsExactly("open", "fail", "close", "open", "fail", "close", "open", "use");
    }

    @Test
    void anObjectThatIsUnsoundSaysNothingOfTheDatabase() throws IOException {
        fail(new ObjectDefectException(FailureCode.EXPECTATION_FAILED, "a row breaks it"));
        database.use(open -> calls.add("use"));

        assertThat(calls).containsExactly("open", "fail", "use");
    }

    /** The original failure explains more than the one of closing. */
    @Test
    void failureStaysWhatItIsWhereTheDatabaseCannotBeClosed() {
        Lazy<Closeable> broken = new Lazy<>(() -> () -> {
            throw new IllegalStateException("the connection was lost");
        });
        ConversionException failure = new ConversionException(FailureCode.NO_SPACE, "the disk is full");

        assertThatThrownBy(() -> broken.use(open -> {
                    throw failure;
                }))
                .isSameAs(failure)
                .hasSuppressedException(new IllegalStateException("the connection was lost"));
    }

    private void fail(RuntimeException failure) {
        assertThatThrownBy(() -> database.use(open -> {
                    calls.add("fail");
                    throw failure;
                }))
                .isSameAs(failure);
    }

    private DuckDbException ofDuckDb() throws IOException {
        try (ScratchDatabase real =
                ScratchDatabase.forRows(new ConversionSettings(temporary, 1L << 30, 400L << 20, 2, 2, 1L << 20))) {
            return catchThrowableOfType(
                    DuckDbException.class,
                    () -> real.database().query("SELECT nothing", Duration.ofMinutes(1), row -> row));
        }
    }
}
