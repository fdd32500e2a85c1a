/**
 * Reads objects in S3: listings, whole objects, decompressed, and only in the version that was listed. Defects are
 * thrown as {@link io.fanin.records.objects.ObjectDefectException}. For all that reads raw data or Parquet.
 */
package io.fanin.records.objects;
