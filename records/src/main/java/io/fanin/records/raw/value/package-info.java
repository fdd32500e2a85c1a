/** Single values: what a text is as a value of a type, and JSON that is written of it. For {@code records.raw}. */
package io.fanin.records.raw.value;
