/** Messages of a queue, and what becomes of them. */
package io.fanin.core.queue;
