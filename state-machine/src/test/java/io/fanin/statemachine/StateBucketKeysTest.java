package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which class knows which keys of the state bucket. It reads sources, since constants leave no trace in class files.
 */
class StateBucketKeysTest {

    @ParameterizedTest
    @CsvSource({
        "runs/, RunFolder.java",
        "pass-, RunFolder.java",
        "manifest.json, RunFolder.java",
        "told/, RunFolder.java",
        "jobs/, RunFolder.java",
        "-source.json, JobFiles.java",
        "state.json, TableRecords.java",
        "history.json, TableHistories.java",
        "calendar.json, TableHistories.java",
        "index.html, TableHistories.java",
        "report.html, RunFolders.java",
        "lease.json, Leases.java",
        "owners/, FolderOwners.java",
        "inbox/, Inbox.java",
        "superseded/, SupersededVersions.java",
        "all-tables/, AllTablesFolder.java"
    })
    void onlyOneClassKnowsTheKeys(String key, String source) throws IOException {
        assertThat(sourcesWith("\"[^\"]*" + key.replace(".", "\\.") + "[^\"]*\""))
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly(source);
    }

    private static List<Path> sourcesWith(String literal) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String module : List.of("core", "detector", "processor", "table-creator")) {
            try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> contains(file, literal))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static boolean contains(Path file, String literal) {
        return Repository.text(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("*") && !line.startsWith("/"))
                .anyMatch(line -> line.matches(".*" + literal + ".*"));
    }
}
