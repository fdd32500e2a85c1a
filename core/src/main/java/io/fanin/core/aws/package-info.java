/** Creates the AWS clients, counts their requests, and reads the environment, for handlers and for the command line. */
package io.fanin.core.aws;
