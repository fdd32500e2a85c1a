/** How commands speak: text or JSON, exit codes, hints. Knows nothing of AWS. */
package io.fanin.cli.console;
