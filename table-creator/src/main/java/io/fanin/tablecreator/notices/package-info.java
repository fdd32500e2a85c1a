/**
 * Notifies people of what is wrong with a table, of changes to that, and when nothing is wrong any
 * more. What is sent depends only on the table's record and on the last notice, so it may be called
 * at any time and any number of times.
 */
package io.fanin.tablecreator.notices;
