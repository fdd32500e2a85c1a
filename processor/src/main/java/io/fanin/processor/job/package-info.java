/** Glue jobs: how a run of one is begun, and what came of it. */
package io.fanin.processor.job;
