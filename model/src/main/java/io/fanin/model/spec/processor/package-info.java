/** The spec's {@code processor}: the modes in which partitions are processed, and the options of each. Public. */
package io.fanin.model.spec.processor;
