/**
 * The Lambda function that begins a run: it plans, starts, or redrives one, each with the findings of {@code detect}.
 *
 * <p>The location of a table's data is determined in {@code source}, its prefixes are listed in {@code walk} and its
 * events read in {@code events}; {@code select} decides which partitions have to be processed, inspects them with
 * {@code inspect}, and sorts on disk with {@code sort} if they do not fit into memory. None of them depends on this
 * package.
 */
package io.fanin.detector;
