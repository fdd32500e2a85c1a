/** The endpoint of commands, its clients, and the deployed stack. */
package io.fanin.cli.aws;
