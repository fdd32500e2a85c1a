/** Temporary files that a process which has crashed does not leave for ever. */
package io.fanin.core.temporary;
