/** Notifies programs of the ends of runs, by events on EventBridge. */
package io.fanin.tablecreator.events;
