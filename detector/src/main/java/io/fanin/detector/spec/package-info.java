/** What an execution asks for: its input read, its spec fetched, resolved by the catalog, and held against the stack's buckets. */
package io.fanin.detector.spec;
