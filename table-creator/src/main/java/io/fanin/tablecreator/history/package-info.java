/**
 * What people see after a pass: the table's history and calendar, and the pages. No decision
 * depends on it.
 */
package io.fanin.tablecreator.history;
