/** Finds out what form raw files have, for the proposal of a spec: columns, dialects of CSV, notations of times. */
package io.fanin.records.sniff;
