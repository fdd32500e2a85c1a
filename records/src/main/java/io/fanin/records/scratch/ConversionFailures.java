package io.fanin.records.scratch;

import io.fanin.core.failure.FullDisk;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDbException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.io.function.IOSupplier;

/**
 * Explains which of the function's limits ended a conversion, and what to raise.
 *
 * @param settings the function's resources
 */
public record ConversionFailures(ConversionSettings settings) {

    /** Does the work, and explains failures of the database or the disk by the limit that was reached. */
    public <T> T named(IOSupplier<T> work) throws IOException {
        try {
            return work.get();
        } catch (DuckDbException e) {
            throw failure(e);
        } catch (IOException | UncheckedIOException e) {
            if (FullDisk.isCauseOf(e)) {
                throw noSpace(e);
            }
            throw e;
        }
    }

    private ConversionException failure(DuckDbException e) {
        return switch (e.kind()) {
            case OUT_OF_MEMORY -> ConversionException.outOfMemory("converting", e);
            case NO_SPACE -> noSpace(e);
            case INTERRUPTED -> ConversionException.outOfTime("was over while Parquet was written", e);
            case OTHER -> new ConversionException(FailureCode.DUCKDB_ERROR, LogSafe.ofLines(e.getMessage(), 400), e);
        };
    }

    private ConversionException noSpace(Exception e) {
        return new ConversionException(
                FailureCode.NO_SPACE,
                "the function's disk is full, %d bytes of it were to be used: raise the stack's parameter ProcessorStorage (%s)"
                        .formatted(settings.scratchBytes(), LogSafe.ofLines(String.valueOf(e.getMessage()), 200)),
                e);
    }
}
