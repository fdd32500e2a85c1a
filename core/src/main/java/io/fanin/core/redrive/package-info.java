/** The partitions that a redrive of a run processes again, and those that it leaves to other runs. */
package io.fanin.core.redrive;
