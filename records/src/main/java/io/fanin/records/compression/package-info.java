/**
 * The ways in which objects are compressed as a whole: recognised by their first bytes, and decompressed to their ends.
 * For what opens objects, {@code records.objects}.
 */
package io.fanin.records.compression;
