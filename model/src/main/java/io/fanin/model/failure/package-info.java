/** The reasons for which partitions fail: their words, their meanings, and advice for users. */
package io.fanin.model.failure;
