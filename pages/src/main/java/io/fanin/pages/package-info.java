/** The pages of runs, of a table and of all tables: HTML without scripts and without references to other sites. */
package io.fanin.pages;
