/** Which tables there are: their specs in S3 and in the catalog, each completed by the catalog and held against the stack's buckets. */
package io.fanin.core.tables;
