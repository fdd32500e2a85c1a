package io.fanin.processor;

import io.fanin.fakes.FakeS3;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.PartitionVersion;
import io.fanin.model.text.Sha256;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The files of a partition's newest version. */
public final class VersionedFiles {

    /** The token of the pass in which tests make versions. */
    public static final String TOKEN = Sha256.token("nightly-1/0");

    private VersionedFiles() {}

    /** The name of a version that is made in that pass, with a slash. */
    public static String folder(int number) {
        return PartitionVersion.folder(TOKEN, number) + "/";
    }

    /** The newest version in a partition's folder, with a slash; empty if there is none. */
    public static String newest(FakeS3 s3, String bucket, String prefix) {
        return s3.keys(bucket, prefix).stream()
                .map(key -> key.substring(prefix.length()))
                .map(name -> name.substring(0, name.indexOf('/') + 1))
                .filter(name -> !name.isEmpty())
                .max(Comparator.comparingInt(String::length).thenComparing(name -> name))
                .orElse("");
    }

    /** The names of the files in the newest version. */
    public static List<String> names(FakeS3 s3, String bucket, String prefix) {
        String folder = newest(s3, bucket, prefix);
        return folder.isEmpty()
                ? List.of()
                : s3.keys(bucket, prefix + folder).stream()
                        .map(key -> key.substring(prefix.length() + folder.length()))
                        .toList();
    }

    /** The key of the first file that a result lists as written. */
    public static String first(PartitionResult result) {
        return ((PartitionResult.Processed) result).prefix() + "part-00000.parquet";
    }

    /** A file of the newest version. */
    public static Optional<byte[]> get(FakeS3 s3, String bucket, String prefix, String name) {
        return s3.get(bucket, prefix + newest(s3, bucket, prefix) + name);
    }
}
