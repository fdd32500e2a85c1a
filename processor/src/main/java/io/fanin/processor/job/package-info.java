/** Glue jobs: how a run is started, and how its outcome is read. */
package io.fanin.processor.job;
