package io.fanin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
                .flatMap(one -> Sources.below(Sources.modules().get(one).resolve("src/main/java")))
                .filter(file -> file.toString().endsWith(".java")
                        && PUBLIC.matcher(Sources.text(file)).find())
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** The modules of this project that each module depends on, through others too. */
    private static Map<String, Set<String>> dependencies() {
        Map<String, Set<String>> direct = new TreeMap<>();
        Sources.modules().forEach((name, folder) -> direct.put(name, ownDependencies(folder)));
        direct.keySet().removeIf(name -> name.startsWith("warehouse"));
        direct.values().forEach(names -> names.retainAll(direct.keySet()));
        for (int i = 0; i < direct.size(); i++) {
            direct.values().forEach(names -> List.copyOf(names).forEach(name -> names.addAll(direct.get(name))));
        }
        return direct;
    }

    private static Set<String> ownDependencies(Path module) {
        return DEPENDENCY
                .matcher(Sources.text(module.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of all modules, samples aside. */
    private static Stream<Path> javaFiles(String kind) {
        List<Path> files = Sources.modules().values().stream()
                .flatMap(module -> Sources.below(module.resolve("src").resolve(kind)))
                .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                .toList();
        assertThat(files).as("Java files of %s", kind).isNotEmpty();
        return files.stream();
    }

    private static Stream<Path> pythonFiles() {
        List<Path> files = Stream.of("scripts", "localstack", "benchmarks", "samples", "integrations")
                .flatMap(folder -> Sources.below(Sources.ROOT.resolve(folder)))
                .filter(file -> file.toString().endsWith(".py"))
                .toList();
        assertThat(files).as("Python files").isNotEmpty();
        return Stream.concat(files.stream(), Stream.of(Sources.ROOT.resolve("localstack/emulator")));
    }
}
