/** Summarizes a run of all tables. */
package io.fanin.tablecreator.summary;
