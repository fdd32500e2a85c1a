/** Begins a run of all tables: selects the tables and writes them for the Map. */
package io.fanin.detector.tables;
