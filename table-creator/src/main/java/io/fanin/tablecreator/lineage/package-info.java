/** Tells OpenLineage backends about the ends of runs. */
package io.fanin.tablecreator.lineage;
