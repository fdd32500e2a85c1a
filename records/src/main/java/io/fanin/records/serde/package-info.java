/**
 * The interpretation of texts by a table's SerDe: for the validation of JSON and CSV, which leaves the data unchanged.
 */
package io.fanin.records.serde;
