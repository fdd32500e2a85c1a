/**
 * The tables of a stack: their specs in S3 and in the catalog, each completed from the catalog and checked against the
 * stack's buckets.
 */
package io.fanin.core.tables;
