/**
 * What a text looks like before anything is known of its records: strings and brackets, bytes in place. For
 * {@code records.raw}.
 */
package io.fanin.records.raw.text;
