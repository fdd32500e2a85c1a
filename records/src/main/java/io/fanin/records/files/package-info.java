/**
 * Makes Parquet files on the local disk of the raw records of a folder in S3. Entered by {@link
 * io.fanin.records.files.LocalConversion}.
 */
package io.fanin.records.files;
