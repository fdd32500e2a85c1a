package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.statemachine.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The deployed zips. Needs the packaged modules, but no emulator. */
class FunctionZipsIT {

    private static final long MEGABYTE = 1_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"detector", "processor", "table-creator"})
    void aZipHoldsJarsAndWhatRunsInThem(String module) throws IOException {
        assertThat(entries(Repository.functionZip(module)))
                .allMatch(entry -> entry.matches("memory-limit|lib/([^/]+\\.jar|libduckdb_java\\.so_linux_(amd64|arm64)"
                        + "|linux-(x86_64|aarch64)/(libamazonCorrettoCryptoProvider\\.so)?)?"))
                .anyMatch(entry -> entry.startsWith("lib/" + module + "-"))
                .anyMatch(entry -> entry.startsWith("lib/core-"))
                .anyMatch(entry -> entry.startsWith("lib/url-connection-client-"))
                .noneMatch(entry -> entry.matches("lib/(netty|apache|httpc|junit|assertj|.*-tests).*"));
    }

    @Test
    void scriptThatStartsTheProcessorMayBeRun() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(
                Repository.functionZip("processor"), Map.of("enablePosixFileAttributes", true))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip.getPath("memory-limit"))))
                    .isEqualTo("rwxr-xr-x");
        }
    }

    /** A function's zip is unpacked at each start. */
    @ParameterizedTest
    @CsvSource({"detector, 20", "processor, 65", "table-creator, 20"})
    void aZipIsSmall(String module, int megabytes) {
        assertThat(Repository.functionZip(module).toFile().length()).isLessThan((long) megabytes * MEGABYTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"detector", "processor", "table-creator"})
    void billOfMaterialsNamesEachLibraryOfAZip(String module) throws IOException {
        JsonNode bill = Json.documents()
                .readTree(Repository.text(Repository.functionZip(module).resolveSibling(module + "-sbom.json")));
        List<String> named = bill.path("components")
                .valueStream()
                .map(library -> "lib/" + library.path("name").textValue() + "-"
                        + library.path("version").textValue())
                .toList();

        assertThat(entries(Repository.functionZip(module)))
                .filteredOn(entry -> entry.endsWith(".jar") && !entry.startsWith("lib/" + module + "-"))
                .allMatch(entry -> named.stream().anyMatch(entry::startsWith));
    }

    /** The driver uses the library beside its jar instead of unpacking one. */
    @Test
    void theProcessorHasDuckDbOncePerArchitectureOutsideItsJar() throws IOException {
        Path zip = Repository.functionZip("processor");

        assertThat(entries(zip).stream().filter(entry -> entry.contains("duckdb")))
                .hasSize(3)
                .contains("lib/libduckdb_java.so_linux_amd64", "lib/libduckdb_java.so_linux_arm64");
    }

    /** Lambda allows 250 MB, including layers: docs/deploy.md states how much is left for these. */
    @Test
    void theProcessorUnpackedIsFarFromTheLimit() throws IOException {
        try (ZipFile zip = new ZipFile(Repository.functionZip("processor").toFile())) {
            assertThat(zip.stream().mapToLong(ZipEntry::getSize).sum()).isLessThan(215L * MEGABYTE);
        }
    }

    /** The zip compresses whole jars, and classes load without decompression. */
    @ParameterizedTest
    @ValueSource(strings = {"detector", "processor", "table-creator"})
    void jarsCompressNothingThemselves(String module) throws IOException {
        try (ZipFile zip = new ZipFile(Repository.functionZip(module).toFile())) {
            for (ZipEntry jar : Collections.list(zip.entries())) {
                if (!jar.isDirectory()) {
                    assertThat(compressed(zip.getInputStream(jar)))
                            .as(jar.getName())
                            .isEmpty();
                }
            }
        }
    }

    /** It has Glue's client, since a query may join registered tables. */
    @Test
    void theProcessorGoesWithoutTheClientsOfOthers() throws IOException {
        assertThat(entries(Repository.functionZip("processor")))
                .noneMatch(entry -> entry.matches("lib/(sfn|sqs|sns|eventbridge)-.*"));
    }

    private static List<String> compressed(InputStream bytes) throws IOException {
        List<String> compressed = new ArrayList<>();
        try (ZipInputStream jar = new ZipInputStream(bytes)) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getMethod() != ZipEntry.STORED) {
                    compressed.add(entry.getName());
                }
            }
        }
        return compressed;
    }

    private static List<String> entries(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }
}
