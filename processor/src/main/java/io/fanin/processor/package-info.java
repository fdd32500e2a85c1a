/** Processes the partitions of one batch, each isolated from the others. */
package io.fanin.processor;
