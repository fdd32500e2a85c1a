/** Proposes specs for existing data from what can be read; writes nothing to Glue or S3. */
package io.fanin.cli.init;
