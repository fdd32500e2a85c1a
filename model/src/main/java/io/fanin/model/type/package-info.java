/**
 * Column types in Hive's notation, as the Glue Data Catalog keeps them. All packages may use it; it depends on
 * {@code core.text} alone.
 */
package io.fanin.model.type;
