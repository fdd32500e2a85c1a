/**
 * Tells people what is wrong with a table, that it has become something else, and that it is over. Level by level: what is told
 * follows from the table's record as it is and from what was told last, whoever asks, and however often.
 */
package io.fanin.tablecreator.notices;
