/** The values of raw files that are sampled, and the types that keep them as they are written. */
package io.fanin.cli.init.values;
