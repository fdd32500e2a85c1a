/** Text for messages. */
package io.fanin.core.text;
