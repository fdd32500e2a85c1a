/**
 * JSON mappers: strict for documents that people write, tolerant for documents that the parts exchange; enums in them.
 */
package io.fanin.model.json;
