/** A detection's findings, and a run's plan for them. Written by the detector, read for reports. */
package io.fanin.model.run.detection;
