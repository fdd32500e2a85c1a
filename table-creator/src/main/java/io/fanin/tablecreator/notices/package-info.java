/**
 * Notifies people of a table's problems: when they appear, change, and are gone. Whether a notice is due depends only
 * on the table's record and on the last notice, so this may be called at any time and any number of times.
 */
package io.fanin.tablecreator.notices;
