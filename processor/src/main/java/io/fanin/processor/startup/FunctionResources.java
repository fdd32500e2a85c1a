package io.fanin.processor.startup;

import io.fanin.core.aws.Environment;
import io.fanin.records.scratch.ConversionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory and disk of the Lambda function. */
public final class FunctionResources {

    private static final long MEBIBYTE = 1 << 20;
    private static final double GIGABYTE = 1024;
    private static final String MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

    private FunctionResources() {}

    /** The memory that the function is billed for; 0 outside Lambda. */
    public static double gigabytes() {
        return Environment.optional(MEMORY).map(Long::valueOf).orElse(0L) / GIGABYTE;
    }

    /** The resources that are available now: an earlier invocation may have left files on the disk. */
    public static ConversionSettings now() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long memory = Long.parseLong(Environment.required(MEMORY)) * MEBIBYTE;
        try {
            return ConversionSettings.of(
                    temporary,
                    Files.getFileStore(temporary).getUsableSpace(),
                    memory,
                    Runtime.getRuntime().availableProcessors());
        } catch (IOException e) {
            throw new UncheckedIOException("the free space of " + temporary + " is unknown: " + e.getMessage(), e);
        }
    }
}
