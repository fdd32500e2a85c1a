/** Begins a run of all tables: chooses the tables and writes them down for the Map. */
package io.fanin.detector.tables;
