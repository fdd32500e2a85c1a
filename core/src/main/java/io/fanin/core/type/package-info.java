/** Column types in Hive's notation, as the Glue Data Catalog keeps them. */
package io.fanin.core.type;
