/**
 * How the AWS Glue Data Catalog is called, whatever it is asked: retries, the classification of failures, the exceptions
 * that everybody may see.
 *
 * <p>Only this package and those below talk to Glue. Others enter by {@link io.fanin.core.catalog.client.GlueCatalog}, and
 * see the records that it takes and answers.
 */
package io.fanin.core.catalog;
