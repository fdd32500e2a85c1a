/**
 * The spec's {@code detection}: how a table's partitions are found, and which of them a run processes. Public. Fields
 * that are left out stay empty: what then applies is said where they are read.
 */
package io.fanin.model.spec.detection;
