package io.fanin.processor.convert;

import java.nio.file.Path;

/**
 * Sound records on the function's disk, as JSON lines.
 *
 * @param reserved bytes of the budget that it holds until it is deleted
 */
record Piece(Path file, long bytes, long records, long reserved) {}
