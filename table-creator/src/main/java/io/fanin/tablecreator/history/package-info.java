/**
 * The documents for people after a pass: the table's history and calendar, and the pages. No decision depends on them.
 */
package io.fanin.tablecreator.history;
