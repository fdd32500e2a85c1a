/**
 * Reads objects in S3: listed, whole, decompressed, and only as they were listed. What is wrong with one is thrown as an {@link
 * io.fanin.records.objects.UnsoundObjectException} that names its defect. For whoever reads data.
 */
package io.fanin.records.objects;
