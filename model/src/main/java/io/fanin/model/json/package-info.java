/** JSON mappers: strict for documents that people write, tolerant for documents that the parts exchange. */
package io.fanin.model.json;
