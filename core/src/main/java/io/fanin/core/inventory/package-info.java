/** A partition's data objects, and the detection of later changes to them. */
package io.fanin.core.inventory;
