package io.fanin.statemachine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Paths in the repository. */
public final class Repository {

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    public static final Path ROOT = MODULE.getParent();
    public static final Path TEMPLATE = ROOT.resolve("template.yaml");
    public static final Path DEFINITION = MODULE.resolve("partition-fan-in.asl.json");

    /** The state machine of all tables. */
    public static final Path ALL_TABLES = MODULE.resolve("all-tables.asl.json");

    private static final Pattern IMAGE = Pattern.compile("(?m)^ *image: (\\S+)$");

    private Repository() {}

    /** The definitions of all state machines. */
    public static List<Path> definitions() {
        try (Stream<Path> files = Files.list(MODULE)) {
            return files.filter(file -> file.toString().endsWith(".asl.json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The zip from which a module's function is deployed. */
    public static Path functionZip(String module) {
        return ROOT.resolve(module).resolve("target").resolve(module + ".zip");
    }

    /** The image of LocalStack, as the compose file names it. */
    public static String emulatorImage() {
        Matcher image = IMAGE.matcher(text(ROOT.resolve("localstack").resolve("compose.yaml")));
        if (!image.find()) {
            throw new IllegalStateException("localstack/compose.yaml names no image");
        }
        return image.group(1);
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
