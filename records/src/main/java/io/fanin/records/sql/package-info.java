/** Users' SQL: what a statement or a condition names, what it may not use, and where in its text it fails. */
package io.fanin.records.sql;
