/** Names that several parts of the system and its users share. */
package io.fanin.model.names;
