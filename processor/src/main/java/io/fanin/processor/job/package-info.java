/** Jobs of other services: the start of their runs, and their outcomes. */
package io.fanin.processor.job;
