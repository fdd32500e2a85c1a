/** Notifies programs of how runs ended, by events on EventBridge. */
package io.fanin.tablecreator.events;
