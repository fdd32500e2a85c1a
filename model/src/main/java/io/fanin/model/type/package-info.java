/**
 * Column types in Hive's notation, as stored in the Glue Data Catalog. All packages may use it; it depends on
 * {@code model.text} alone.
 */
package io.fanin.model.type;
