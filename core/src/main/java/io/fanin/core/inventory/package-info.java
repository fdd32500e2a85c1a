/** What a partition's data objects are, and how a later change of them is noticed. */
package io.fanin.core.inventory;
