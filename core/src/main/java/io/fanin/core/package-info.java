/**
 * The code that the Lambdas and the command line share: the documents of the state bucket, the catalog, S3, and specs
 * as the catalog completes them.
 *
 * <p>Nothing here depends on a Lambda handler. {@code catalog} is the one package that talks to Glue. Each key of the
 * state bucket is used by one class.
 */
package io.fanin.core;
