/**
 * Writes the raw records of a folder in S3 as Parquet files on the local disk. Entered by
 * {@link io.fanin.records.files.LocalConversion}.
 */
package io.fanin.records.files;
