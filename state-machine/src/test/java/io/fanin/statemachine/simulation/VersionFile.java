package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A file of a partition's version, which contains one raw object and describes its version.
 *
 * @param inventory the hash of the raw data of which the version was made
 * @param version the name of its folder
 * @param number among the version's files, from 0
 * @param files how many the version has
 * @param raw the raw object's text
 */
record VersionFile(String inventory, String version, int number, int files, String raw) {

    String text() {
        return Json.text(Map.of("inventory", inventory, "version", version, "number", number, "files", files)) + "\n"
                + raw;
    }

    static VersionFile parse(String text) {
        int end = text.indexOf('\n');
        try {
            JsonNode head = Json.documents().readTree(text.substring(0, end));
            return new VersionFile(
                    head.path("inventory").asText(),
                    head.path("version").asText(),
                    head.path("number").asInt(),
                    head.path("files").asInt(),
                    text.substring(end + 1));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** A partition's folder, given that folder or a version's. */
    static String withoutVersion(String folder) {
        return folder.replaceFirst("version-[0-9a-f]{16}-[0-9]+/$", "");
    }

    /** Whether these are all files of one version, each once. */
    static boolean areOneVersion(Collection<VersionFile> files) {
        return files.stream()
                                .map(file -> List.of(file.inventory(), file.version(), file.files()))
                                .distinct()
                                .count()
                        <= 1
                && files.stream().allMatch(file -> file.files() == files.size())
                && files.stream().map(VersionFile::number).distinct().count() == files.size();
    }

    static List<VersionFile> parseAll(Collection<String> texts) {
        List<VersionFile> files = new ArrayList<>();
        texts.forEach(text -> files.add(parse(text)));
        return files;
    }
}
