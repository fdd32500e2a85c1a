/** The output of commands: text or JSON, exit codes, hints. Independent of AWS. */
package io.fanin.cli.console;
