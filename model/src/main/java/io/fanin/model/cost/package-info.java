/** What a run costs at list prices. */
package io.fanin.model.cost;
