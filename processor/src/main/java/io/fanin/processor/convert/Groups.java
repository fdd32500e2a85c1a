package io.fanin.processor.convert;

import io.fanin.processor.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers pieces until they are enough for a file of the size that is wanted, as far as the disk has room for them. How
 * much smaller Parquet is shows with the first file.
 */
final class Groups {

    private static final long MEGABYTE = 1_000_000;

    /** How many times larger JSON lines are than Parquet, where nothing is known yet. */
    private static final double FIRST_RATIO = 6;

    private static final double LEAST_RATIO = 1;
    private static final double MOST_RATIO = 40;

    private final Path folder;
    private final Conversion conversion;
    private final DuckDb database;
    private final Pieces pieces;
    private final Deadline deadline;
    private final long fileBytes;
    private final long most;
    private final long rowGroupBytes;
    private final List<Piece> group = new ArrayList<>();
    private double ratio = FIRST_RATIO;
    private long bytes;
    private long rows;
    private int files;

    Groups(
            Path folder,
            Conversion conversion,
            DuckDb database,
            Pieces pieces,
            Deadline deadline,
            int fileMegabytes,
            ConversionSettings settings) {
        this.folder = folder;
        this.conversion = conversion;
        this.database = database;
        this.pieces = pieces;
        this.deadline = deadline;
        this.fileBytes = fileMegabytes * MEGABYTE;
        this.most = settings.pieces() / 2;
        this.rowGroupBytes = settings.rowGroupBytes();
    }

    /** Rows that were written until now. */
    long rows() {
        return rows;
    }

    /** Adds a piece; answers a file when there was enough for one. */
    Optional<Path> add(Piece piece) throws IOException {
        group.add(piece);
        bytes += piece.reserved();
        return bytes >= Math.min(most, (long) (ratio * fileBytes)) ? rest() : Optional.empty();
    }

    /** Makes a file of what there is; empty where there is nothing. */
    Optional<Path> rest() throws IOException {
        if (group.isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve("part-" + files++ + ".parquet");
        List<Path> paths = group.stream().map(Piece::file).toList();
        rows += database.execute(conversion.statement(paths, file, rowGroupBytes), deadline.left());
        long raw = 0;
        for (Piece piece : group) {
            raw += piece.bytes();
            pieces.delete(piece);
        }
        ratio = Math.clamp((double) raw / Files.size(file), LEAST_RATIO, MOST_RATIO);
        group.clear();
        bytes = 0;
        return Optional.of(file);
    }
}
