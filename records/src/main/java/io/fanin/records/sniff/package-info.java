/** Detects the form of raw files for the proposal of a spec: columns, dialects of CSV, notations of times. */
package io.fanin.records.sniff;
