/**
 * Shared by all calls of the AWS Glue Data Catalog: retries, the classification of failures, and the public exceptions.
 *
 * <p>Only this package and those below talk to Glue. Other packages use
 * {@link io.fanin.core.catalog.client.GlueCatalog} and the records that it accepts and returns.
 */
package io.fanin.core.catalog;
