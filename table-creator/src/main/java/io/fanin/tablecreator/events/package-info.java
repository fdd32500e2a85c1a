/** Sends notifications about runs: events to EventBridge, and messages to SNS. */
package io.fanin.tablecreator.events;
