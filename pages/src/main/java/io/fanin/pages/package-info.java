/** The pages of runs, of a table and of all tables: HTML without scripts, that asks for nothing from outside. */
package io.fanin.pages;
