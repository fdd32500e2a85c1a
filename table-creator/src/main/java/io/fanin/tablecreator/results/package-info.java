/** Collects what the processors left behind: exactly one result for each partition of a pass. For the table-creator. */
package io.fanin.tablecreator.results;
