/**
 * The lowest level of text: strings and brackets, and bytes in place, without knowledge of records. For
 * {@code records.raw}.
 */
package io.fanin.records.raw.text;
