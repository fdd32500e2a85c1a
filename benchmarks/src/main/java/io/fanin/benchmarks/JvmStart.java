package io.fanin.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A way to start a measuring JVM. */
@FunctionalInterface
interface JvmStart {

    /**
     * The process that starts it.
     *
     * @param folder for files, until the JVM has ended
     * @param command the JVM's, without its heap
     */
    ProcessBuilder of(Path folder, List<String> command) throws IOException;

    /** With a heap of this size. */
    static JvmStart withHeap(int megabytes) {
        return (folder, command) -> {
            List<String> all = new ArrayList<>(command);
            all.add(1, "-Xmx" + megabytes + "m");
            return new ProcessBuilder(all);
        };
    }

    /** By the start script in the processor's zip, in a function of this size. */
    static JvmStart byProcessorScript(long megabytes) {
        return (folder, command) -> {
            Path script = folder.resolve("memory-limit");
            try (InputStream content = JvmStart.class.getResourceAsStream("/memory-limit")) {
                Files.copy(content, script);
            }
            List<String> all = new ArrayList<>(List.of("sh", script.toString()));
            all.addAll(command);
            ProcessBuilder process = new ProcessBuilder(all);
            process.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(megabytes));
            return process;
        };
    }
}
