/** Tells others, programs by EventBridge and people by SNS, how a run ended. */
package io.fanin.tablecreator.events;
