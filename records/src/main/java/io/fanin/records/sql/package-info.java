/**
 * Users' SQL: the tables that a statement or a condition names, forbidden parts, and the places of failures in its
 * text.
 */
package io.fanin.records.sql;
