package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.DataFormat;
import io.fanin.records.compression.Compression;
import io.fanin.records.objects.ObjectDefectException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The compression and format in an object's name. Readers choose the decompression by the name alone, in lower case
 * (Hadoop's CompressionCodecFactory, Trino's CompressionKind); the format is the table's. A name without an extension,
 * or with an unknown one, is accepted: Firehose writes such names.
 */
final class ObjectName {
    private static final Set<String> COMPRESSIONS = Set.of(
            "gz", "gzip", "z", "bz2", "zst", "zstd", "snappy", "lz4", "lzo", "xz", "zip", "deflate", "br", "7z", "tgz");
    private static final Map<DataFormat, Set<String>> FORMATS = Map.of(
            DataFormat.JSON, Set.of("json", "jsonl", "ndjson"),
            DataFormat.CSV, Set.of("csv", "tsv"),
            DataFormat.PARQUET, Set.of("parquet", "parq", "pq"),
            DataFormat.AVRO, Set.of("avro"),
            DataFormat.OTHER, Set.of("orc", "xml", "xls", "xlsx", "tar"));

    private ObjectName() {}

    /**
     * Requires a name that query engines list.
     *
     * @throws ObjectDefectException {@link FailureCode#WRONG_FORMAT}
     */
    static void requireListed(ObjectSummary object) {
        ListedNames.problem(object.key()).ifPresent(problem -> {
            throw wrong(object, problem + ": rename it");
        });
    }

    /**
     * How the object has to be decompressed.
     *
     * @throws ObjectDefectException {@link FailureCode#WRONG_FORMAT} if the name contradicts the table's format
     */
    static Compression compression(ObjectSummary object, DataFormat format) {
        if (format == DataFormat.OTHER) {
            return Compression.NONE;
        }
        String name = object.key().substring(object.key().lastIndexOf('/') + 1);
        Optional<String> compressed = extension(name).filter(e -> COMPRESSIONS.contains(lower(e)));
        Compression compression =
                compressed.map(extension -> readable(object, extension, format)).orElse(Compression.NONE);
        String uncompressed = compressed.isPresent() ? name.substring(0, name.lastIndexOf('.')) : name;
        extension(uncompressed).map(ObjectName::lower).ifPresent(e -> requireFormat(object, e, format));
        return compression;
    }

    private static Compression readable(ObjectSummary object, String extension, DataFormat format) {
        if (format == DataFormat.PARQUET || format == DataFormat.AVRO) {
            throw wrong(
                    object,
                    "is named .%s, and %s is compressed inside, never as a whole: write it as .%s"
                            .formatted(extension, name(format), format.label()));
        }
        return Compression.named(extension)
                .orElseThrow(() -> wrong(
                        object,
                        "is named .%s, a compression that this check does not read: expected none, .gz, .zst or .bz2, in"
                                        .formatted(extension)
                                + " lower case; compress it again or set another processor"));
    }

    private static void requireFormat(ObjectSummary object, String extension, DataFormat format) {
        boolean foreign = FORMATS.entrySet().stream()
                .anyMatch(one -> one.getKey() != format && one.getValue().contains(extension));
        if (foreign) {
            throw wrong(
                    object,
                    "is named .%s in a table of %s: move it to a table of its own format, or rename it"
                            .formatted(extension, name(format)));
        }
    }

    private static String name(DataFormat format) {
        return switch (format) {
            case PARQUET -> "Parquet";
            case AVRO -> "Avro";
            case JSON, CSV, OTHER -> format.name();
        };
    }

    private static ObjectDefectException wrong(ObjectSummary object, String what) {
        return ObjectDefectException.ofObject(object.key(), FailureCode.WRONG_FORMAT, " " + what);
    }

    private static Optional<String> extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(name.substring(dot + 1));
    }

    private static String lower(String extension) {
        return extension.toLowerCase(Locale.ROOT);
    }
}
