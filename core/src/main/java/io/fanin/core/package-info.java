/**
 * The code that the Lambdas share: partitions and layouts, the table spec, the run folder, the table's record, the
 * catalog.
 *
 * <p>Nothing here depends on a Lambda handler. {@code catalog} is the one package that talks to Glue and {@code s3} the
 * one that talks to S3. Each key of the state bucket is used by one class.
 */
package io.fanin.core;
