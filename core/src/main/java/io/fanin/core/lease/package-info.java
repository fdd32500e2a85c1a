/** Leases, with which one execution at a time works on a table. */
package io.fanin.core.lease;
