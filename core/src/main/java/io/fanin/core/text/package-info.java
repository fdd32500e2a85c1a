/** Text for messages, and the order of names. */
package io.fanin.core.text;
