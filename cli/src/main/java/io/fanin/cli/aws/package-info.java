/** Whom commands talk to: the endpoint, its clients, and the deployed stack. */
package io.fanin.cli.aws;
