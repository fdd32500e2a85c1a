/** What the function does once, before its first batch: its resources, the cipher, and the classes that it loads. */
package io.fanin.processor.startup;
