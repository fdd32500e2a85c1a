/** What a redrive of a run takes up, and what it leaves to others. */
package io.fanin.core.redrive;
