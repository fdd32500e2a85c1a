/**
 * The run's own prefix in the state bucket. Only this package knows its keys; other packages use
 * {@link io.fanin.core.run.folder.RunFolder}.
 */
package io.fanin.core.run.folder;
