/**
 * The console: the pages of tables and runs, served on this machine in their current state, with buttons that start
 * runs.
 */
package io.fanin.cli.web;
