/** Concurrent work. */
package io.fanin.core.parallel;
