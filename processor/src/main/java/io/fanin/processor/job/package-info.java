/** Jobs of other services: how a run is started, and how its outcome is read. */
package io.fanin.processor.job;
