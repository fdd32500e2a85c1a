package io.fanin.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's source files. */
final class Sources {

    /** Three above this module's folder. */
    static final Path ROOT = Path.of(System.getProperty("basedir", ""), "..", "..", "..")
            .toAbsolutePath()
            .normalize();

    private static final Pattern MODULE = Pattern.compile("<module>([a-z/-]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>([a-z-]+)</artifactId>");

    private Sources() {}

    /** The folders of Maven's modules by the names of their artifacts, samples aside. */
    static Map<String, Path> modules() {
        Map<String, Path> modules = new TreeMap<>();
        MODULE.matcher(text(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .filter(module -> !module.startsWith("samples/"))
                .map(ROOT::resolve)
                .forEach(folder -> modules.put(artifact(folder), folder));
        return modules;
    }

    private static String artifact(Path module) {
        return ARTIFACT.matcher(text(module.resolve("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    /** All files in a folder and below; none where there is no such folder. */
    static Stream<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
