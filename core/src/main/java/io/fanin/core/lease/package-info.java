/** Sees to it that one run at a time works on a table. */
package io.fanin.core.lease;
