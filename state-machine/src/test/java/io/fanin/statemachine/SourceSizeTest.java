package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many classes a package may have, how long a file may be, and that names tell classes apart. */
class SourceSizeTest {

    @Test
    void noPackageHasMoreThan25Classes() {
        assertThat(javaFiles("main").collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                .allSatisfy((room, classes) ->
                        assertThat(classes).as("classes in %s", room).isLessThanOrEqualTo(25));
    }

    @Test
    void noFileHasMoreThan300Lines() {
        assertThat(Stream.of(javaFiles("main"), javaFiles("test"), pythonFiles())
                        .flatMap(Function.identity()))
                .allSatisfy(file -> {
                    try (Stream<String> lines = Files.lines(file)) {
                        assertThat(lines.count()).as("lines of %s", file).isLessThanOrEqualTo(300);
                    }
                });
    }

    /** The warehouse is a library of its own, whose class names users know. */
    @Test
    void noTwoClassesHaveOneName() {
        assertThat(Stream.concat(javaFiles("main"), javaFiles("test"))
                        .filter(file -> !file.startsWith("../warehouse"))
                        .map(Path::getFileName))
                .doesNotHaveDuplicates();
    }

    /** Of the modules beside this one, samples aside. */
    private static Stream<Path> javaFiles(String kind) {
        return found(
                        below("..", 1)
                                .map(module ->
                                        module.resolve("src").resolve(kind).resolve("java")),
                        ".java")
                .filter(file -> !file.endsWith("package-info.java"));
    }

    private static Stream<Path> pythonFiles() {
        return Stream.concat(
                found(
                        Stream.of("scripts", "localstack", "benchmarks/peers", "samples")
                                .map(Path.of("..")::resolve),
                        ".py"),
                Stream.of(Path.of("../localstack/emulator")));
    }

    private static Stream<Path> found(Stream<Path> folders, String extension) {
        List<Path> files = folders.filter(Files::isDirectory)
                .flatMap(folder -> below(folder.toString(), Integer.MAX_VALUE))
                .filter(file -> file.toString().endsWith(extension))
                .toList();
        assertThat(files).as("files %s", extension).isNotEmpty();
        return files.stream();
    }

    private static Stream<Path> below(String folder, int depth) {
        try (Stream<Path> files = Files.walk(Path.of(folder), depth)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
