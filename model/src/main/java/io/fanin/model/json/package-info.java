/** The two ways to read and write JSON: strict for what people write, tolerant for what the parts exchange. */
package io.fanin.model.json;
