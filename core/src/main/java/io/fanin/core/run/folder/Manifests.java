package io.fanin.core.run.folder;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Batch;
import io.fanin.model.run.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Writes and reads manifests as streams: at most one batch is in memory. */
final class Manifests {

    /** The number of receipts of the size of {@link Receipt} that fit into the 256 KiB of a state in Step Functions. */
    static final int MAX_BATCHES = 2_500;

    private Manifests() {}

    /** Writes the summary's number of batches; their sizes differ by one at most. */
    static void write(Path file, Iterator<Partition> partitions, ManifestSummary summary) throws IOException {
        int count = summary.partitions();
        int batches = summary.batches();
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator json = Json.documents().createGenerator(out)) {
            json.writeStartArray();
            for (int id = 0; id < batches; id++) {
                int size = (int) ((long) count * (id + 1) / batches - (long) count * id / batches);
                List<Partition> batch = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    batch.add(partitions.next());
                }
                json.writePOJO(new Batch(id, batch));
            }
            json.writeEndArray();
        }
    }

    /** Reads a manifest, and returns its summary. */
    static ManifestSummary read(InputStream manifest, Consumer<Batch> consumer) throws IOException {
        int partitions = 0;
        int batches = 0;
        try (JsonParser json = Json.documents().createParser(manifest)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("expected an array of batches");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Batch batch = json.readValueAs(Batch.class);
                partitions += batch.partitions().size();
                batches++;
                consumer.accept(batch);
            }
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException("expected a batch or the end of the array, found " + json.currentToken());
            }
        }
        return new ManifestSummary(partitions, batches);
    }
}
