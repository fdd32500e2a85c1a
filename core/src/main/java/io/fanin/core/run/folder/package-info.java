/**
 * The run's own folder in the state bucket. Only this package reads and writes its objects; other packages use
 * {@link io.fanin.core.run.folder.RunFolder}.
 */
package io.fanin.core.run.folder;
