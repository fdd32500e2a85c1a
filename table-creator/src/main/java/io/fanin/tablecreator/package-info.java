/**
 * Registers the partitions that succeeded, publishes the table's status, and holds a partial run until it is redriven.
 */
package io.fanin.tablecreator;
