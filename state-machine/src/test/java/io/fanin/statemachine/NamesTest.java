package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names that users see are written in one place. It reads sources, since constants leave no trace in class files. */
class NamesTest {

    private static final Pattern LITERAL = Pattern.compile("\"fanin\\.");

    /** Libraries of their own, which depend on nothing of this project. */
    private static final List<String> WITHOUT_CORE = List.of("warehouse", "processor-api");

    @Test
    void namesOfParametersStandInOneClass() throws IOException {
        try (Stream<Path> modules = Files.list(Repository.ROOT)) {
            assertThat(modules.filter(module ->
                                    !WITHOUT_CORE.contains(module.getFileName().toString()))
                            .map(module -> module.resolve("src/main/java"))
                            .filter(Files::isDirectory)
                            .flatMap(NamesTest::sources)
                            .filter(file ->
                                    LITERAL.matcher(Repository.text(file)).find())
                            .map(file -> file.getFileName().toString()))
                    .containsExactly("FaninNames.java");
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
