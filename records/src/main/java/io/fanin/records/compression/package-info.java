/**
 * The compressions of whole objects: recognised by their first bytes, and decompressed to their ends. Mainly for
 * {@code records.objects}, which opens objects.
 */
package io.fanin.records.compression;
