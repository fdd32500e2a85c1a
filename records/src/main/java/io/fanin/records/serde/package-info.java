/**
 * What a table's SerDe makes of a text in a column of a type: for the validation of JSON and CSV, which does not change
 * them.
 */
package io.fanin.records.serde;
