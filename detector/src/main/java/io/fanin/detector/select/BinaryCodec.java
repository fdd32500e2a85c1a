package io.fanin.detector.select;

import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes text and partitions into the spill files of a sort, and reads them. */
final class BinaryCodec {

    private BinaryCodec() {}

    static void write(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String read(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void write(Partition partition, DataOutput out) throws IOException {
        writeAll(partition.values().values(), out);
        write(partition.prefix(), out);
        writeAll(partition.source().stream().toList(), out);
        writeAll(partition.madeOf().map(Instant::toString).stream().toList(), out);
    }

    static Partition readPartition(DataInput in) throws IOException {
        PartitionValues values = new PartitionValues(readAll(in));
        String prefix = read(in);
        Optional<String> source = readAll(in).stream().findFirst();
        return new Partition(
                values, prefix, source, readAll(in).stream().findFirst().map(Instant::parse));
    }

    static void writeAll(List<String> texts, DataOutput out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(text, out);
        }
    }

    static List<String> readAll(DataInput in) throws IOException {
        int size = in.readInt();
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(read(in));
        }
        return texts;
    }
}
