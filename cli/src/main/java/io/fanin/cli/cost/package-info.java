/** What tables cost. */
package io.fanin.cli.cost;
