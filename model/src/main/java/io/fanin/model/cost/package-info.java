/** The cost of runs at list prices. */
package io.fanin.model.cost;
