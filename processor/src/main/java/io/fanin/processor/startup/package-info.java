/** One-time work of the function before its first batch: its resources, the cipher, and loading of classes. */
package io.fanin.processor.startup;
