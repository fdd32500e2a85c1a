package io.fanin.core.temporary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary files and folders whose names tell which process made them. Lambda keeps the disk of an environment whose
 * process has crashed or was ended by its timeout (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">the next process starts in the
 * same one</a>): what it has left would take away the room of all calls after it.
 */
public final class ProcessFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessFiles.class);

    private static final Pattern NAME = Pattern.compile("partition-fan-in-([0-9]{1,18})-([0-9]{1,18})-[0-9a-f-]+");

    /** The maximum difference between the system's and the JVM's clock. */
    private static final long TOLERANCE_SECONDS = 2;

    private static final long SELF = ProcessHandle.current().pid();

    private static final String PREFIX = "partition-fan-in-%d-%d-".formatted(SELF, System.currentTimeMillis());

    private ProcessFiles() {}

    /** Creates an empty folder with a unique name. */
    public static Path newFolder(Path parent) throws IOException {
        return Files.createTempDirectory(parent, PREFIX);
    }

    /** A unique name for a file in the default folder. */
    public static Path newFile() {
        return newFile(defaultFolder());
    }

    static Path newFile(Path parent) {
        return parent.resolve(PREFIX + UUID.randomUUID());
    }

    private static Path defaultFolder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** To be called when a function starts. */
    public static void deleteAbandoned() {
        deleteAbandoned(defaultFolder());
    }

    /** Deletes what processes that are no longer alive have left; what cannot be deleted stays, and is logged. */
    static void deleteAbandoned(Path parent) {
        try (Stream<Path> entries = Files.list(parent)) {
            entries.filter(entry -> isAbandoned(entry.getFileName().toString())).forEach(ProcessFiles::delete);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be searched for files of earlier processes: {}", parent, e.getMessage());
        }
    }

    private static boolean isAbandoned(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || name.startsWith(PREFIX)) {
            return false;
        }
        long process = Long.parseLong(parts.group(1));
        Instant made = Instant.ofEpochMilli(Long.parseLong(parts.group(2)));
        return process == SELF
                || ProcessHandle.of(process).filter(mayHaveStartedBy(made)).isEmpty();
    }

    /** Numbers of processes are used again. */
    private static Predicate<ProcessHandle> mayHaveStartedBy(Instant made) {
        return process -> process.info()
                .startInstant()
                .map(start -> !start.isAfter(made.plusSeconds(TOLERANCE_SECONDS)))
                .orElse(true);
    }

    private static void delete(Path entry) {
        try (Stream<Path> content = Files.walk(entry)) {
            List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) {
                Files.deleteIfExists(one);
            }
            LOG.info("deleted {}, which an earlier process has left", entry);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{}, which an earlier process has left, cannot be deleted: {}", entry, e.getMessage());
        }
    }
}
