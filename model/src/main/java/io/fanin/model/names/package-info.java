/** Names that several parts of the system share with each other and with users. */
package io.fanin.model.names;
