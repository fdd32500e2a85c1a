/** What an execution is started with, read by the detector and by {@code fanin validate} alike. */
package io.fanin.core.input;
