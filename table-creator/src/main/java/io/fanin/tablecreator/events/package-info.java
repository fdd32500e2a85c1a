/** Tells others, programs by EventBridge and people by SNS, what came of a run. */
package io.fanin.tablecreator.events;
