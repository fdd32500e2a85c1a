package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many classes a package may have, how long a file may be, and that names tell classes apart. */
class SourceSizeTest {

    @Test
    void noPackageHasMoreThan25Classes() {
        assertThat(sources().collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                .allSatisfy((room, classes) ->
                        assertThat(classes).as("classes in %s", room).isLessThanOrEqualTo(25));
    }

    @Test
    void noFileHasMoreThan300Lines() {
        assertThat(sources()).allSatisfy(file -> {
            try (Stream<String> lines = Files.lines(file)) {
                assertThat(lines.count()).as("lines of %s", file).isLessThanOrEqualTo(300);
            }
        });
    }

    /** Nobody imports the warehouse's beside another module's, and people know its names from elsewhere. */
    @Test
    void noTwoClassesHaveOneName() {
        assertThat(sources().filter(file -> !file.startsWith("../warehouse")).map(Path::getFileName))
                .doesNotHaveDuplicates();
    }

    /** The classes of all modules, tests aside. */
    private static Stream<Path> sources() {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules
                    .map(module -> module.resolve("src/main/java"))
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

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
