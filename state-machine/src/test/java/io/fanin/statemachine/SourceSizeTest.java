package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many classes a package may have, how long a file may be, and that names tell public classes apart. */
class SourceSizeTest {

    private static final Pattern PUBLIC = Pattern.compile(
            "^public (?:(?:abstract|final|sealed|non-sealed|static) )*(?:class|record|interface|enum|@interface) ",
            Pattern.MULTILINE);

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>(?:io\\.fanin|\\$\\{project\\.groupId})</groupId>\\s*<artifactId>([a-z-]+)</artifactId>");

    @Test
    void noPackageHasMoreThan25Classes() {
        assertThat(javaFiles("main").collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                .allSatisfy((room, classes) ->
                        assertThat(classes).as("classes in %s", room).isLessThanOrEqualTo(25));
    }

    @Test
    void noFileHasMoreThan400Lines() {
        assertThat(Stream.of(javaFiles("main"), javaFiles("test"), pythonFiles())
                        .flatMap(Function.identity()))
                .allSatisfy(file -> {
                    try (Stream<String> lines = Files.lines(file)) {
                        assertThat(lines.count()).as("lines of %s", file).isLessThanOrEqualTo(400);
                    }
                });
    }

    /** Where two were visible at one place, readers would have to look at the imports to tell them apart. */
    @Test
    void noTwoPublicClassesOfOneNameAreVisibleTogether() {
        Map<String, Set<String>> modules = dependencies();
        assertThat(modules).as("modules by what they depend on").containsKeys("core", "cli", "state-machine");
        modules.forEach((module, others) -> assertThat(publicClasses(module, others))
                .as("public classes that %s sees", module)
                .doesNotHaveDuplicates());
    }

    private static List<String> publicClasses(String module, Set<String> others) {
        return Stream.concat(Stream.of(module), others.stream())
                .flatMap(one -> {
                    Path sources = Path.of("..", one, "src", "main", "java");
                    return Files.isDirectory(sources)
                            ? below(sources.toString(), Integer.MAX_VALUE)
                            : Stream.<Path>of();
                })
                .filter(file -> file.toString().endsWith(".java") && isPublic(file))
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static boolean isPublic(Path file) {
        try {
            return PUBLIC.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules of this project that each module depends on, through others too. */
    private static Map<String, Set<String>> dependencies() {
        Map<String, Set<String>> direct = below("..", 2)
                .filter(file -> file.getFileName().toString().equals("pom.xml")
                        && file.getNameCount() > 2
                        && !file.startsWith("../warehouse"))
                .collect(Collectors.toMap(
                        file -> file.getParent().getFileName().toString(), SourceSizeTest::ownDependencies));
        direct.values().forEach(names -> names.retainAll(direct.keySet()));
        for (int i = 0; i < direct.size(); i++) {
            direct.values().forEach(names -> List.copyOf(names).forEach(name -> names.addAll(direct.get(name))));
        }
        return direct;
    }

    private static Set<String> ownDependencies(Path pom) {
        try {
            return DEPENDENCY
                    .matcher(Files.readString(pom))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
