package io.fanin.model.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Runs whose requests and states were counted, in mode {@code list} with late data; invocations are taken to last a
 * second.
 *
 * @param nothing a table without news
 * @param news a table with one new partition
 * @param stackMetrics metrics of all tables together
 */
public record CountedRuns(TableRun nothing, TableRun news, int stackMetrics) {

    /**
     * The file's name, beside this class among the resources; a test counts again, and holds the file to what it finds.
     */
    public static final String FILE = "runs.json";

    /** The runs in the file. */
    public static final CountedRuns KNOWN = read();

    private static CountedRuns read() {
        try (InputStream file = CountedRuns.class.getResourceAsStream(FILE)) {
            return Json.documents()
                    .readValue(new String(file.readAllBytes(), StandardCharsets.UTF_8), CountedRuns.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(FILE + " is not what its class describes", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
