package io.fanin.core.inbox;

import io.fanin.model.table.TableName;

/**
 * A table whose inbox is not empty.
 *
 * @param key of its newest entry, or of one of its newer ones if its inbox continues on another page of the listing
 */
public record WaitingTable(TableName table, String key) {}
