/** The input of executions, read by the detector and by {@code fanin validate} alike. */
package io.fanin.core.input;
