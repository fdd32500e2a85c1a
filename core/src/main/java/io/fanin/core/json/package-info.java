/** The two ways to read and write JSON: strictly what people write, tolerantly what the parts write for each other. */
package io.fanin.core.json;
