/** Text for messages, and the order of names. */
package io.fanin.model.text;
