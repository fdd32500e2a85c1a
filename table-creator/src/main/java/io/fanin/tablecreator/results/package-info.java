/** Collects the processors' results: exactly one for each partition of a pass. For the table-creator. */
package io.fanin.tablecreator.results;
