/** Custom processors: finding them, and the context for one partition. */
package io.fanin.processor.custom;
