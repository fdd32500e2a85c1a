/** Specs for data that exists: what they say is found out by reading, and nothing is written to Glue or S3. */
package io.fanin.cli.init;
