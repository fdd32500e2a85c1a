package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many classes a package may have, how long a file may be, and that names tell classes apart. */
class SourceSizeTest {

    @Test
    void noPackageHasMoreThan25Classes() {
        assertThat(classes("main").collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                .allSatisfy((room, classes) ->
                        assertThat(classes).as("classes in %s", room).isLessThanOrEqualTo(25));
    }

    @Test
    void noFileHasMoreThan300Lines() {
        assertThat(Stream.of(classes("main"), classes("test"), python()).flatMap(Function.identity()))
                .isNotEmpty()
                .allSatisfy(file -> {
                    try (Stream<String> lines = Files.lines(file)) {
                        assertThat(lines.count()).as("lines of %s", file).isLessThanOrEqualTo(300);
                    }
                });
    }

    /** Nobody imports the warehouse's beside another module's, and people know its names from elsewhere. */
    @Test
    void noTwoClassesHaveOneName() {
        assertThat(classes("main")
                        .filter(file -> !file.startsWith("../warehouse"))
                        .map(Path::getFileName))
                .doesNotHaveDuplicates();
    }

    /** Of all modules. */
    private static Stream<Path> classes(String kind) {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules
                    .map(module -> module.resolve("src").resolve(kind).resolve("java"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceSizeTest::below)
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> python() {
        return Stream.of("scripts", "localstack", "benchmarks/peers")
                .map(Path.of("..")::resolve)
                .flatMap(SourceSizeTest::below)
                .filter(file -> file.toString().endsWith(".py"));
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
