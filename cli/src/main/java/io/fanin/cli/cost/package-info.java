/** The monthly cost of tables. */
package io.fanin.cli.cost;
