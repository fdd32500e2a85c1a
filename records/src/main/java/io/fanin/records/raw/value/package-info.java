/** Reads single values of a type from texts, and writes them as JSON. For {@code records.raw}. */
package io.fanin.records.raw.value;
