/** Waivers of partitions and periods, as runs receive and record them. */
package io.fanin.model.run.waiver;
