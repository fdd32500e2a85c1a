/** Sorts more than fits into memory. */
package io.fanin.detector.spool;
