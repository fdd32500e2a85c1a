/**
 * The one place that talks to the AWS Glue Data Catalog.
 *
 * <p>{@link io.fanin.core.catalog.GlueCatalog} is its door; calls, classification of failures and the pure mapping
 * between Glue's model and ours live in classes of their own behind it.
 */
package io.fanin.core.catalog;
