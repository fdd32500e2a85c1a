/** The console: the pages of tables and runs, served on this machine as they are now, with what one can start from them. */
package io.fanin.cli.web;
