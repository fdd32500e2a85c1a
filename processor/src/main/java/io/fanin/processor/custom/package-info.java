/** Custom processors: how they are found, and the context that they receive. */
package io.fanin.processor.custom;
