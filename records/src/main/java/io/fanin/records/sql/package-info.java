/** SQL of users: what a statement or a condition names, what it may not ask for, and where in its text it fails. */
package io.fanin.records.sql;
