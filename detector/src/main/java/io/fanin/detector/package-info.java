/**
 * The Lambda function that begins a run: it plans, starts, or redrives one, each with what {@code detect} has found.
 *
 * <p>Where a table's data lies is mapped in {@code source}, its prefixes are listed
 * in {@code walk} and its events read in {@code events}; {@code select} decides which partitions have to be processed, looks into
 * them with {@code inspect}, and sorts on disk with {@code sort} if they do not fit into memory. None of them knows this package.
 */
package io.fanin.detector;
