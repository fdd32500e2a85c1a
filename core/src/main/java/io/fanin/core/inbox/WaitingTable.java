package io.fanin.core.inbox;

import io.fanin.model.table.TableName;

/**
 * A table whose inbox is not empty.
 *
 * @param key of its oldest entry
 */
public record WaitingTable(TableName table, String key) {}
