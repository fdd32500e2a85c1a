/** What people see after a pass: the table's history and calendar, and the pages. Nothing of it decides anything. */
package io.fanin.tablecreator.history;
