/** Why partitions fail: the words for it, what each means, and what to do about it. */
package io.fanin.model.failure;
