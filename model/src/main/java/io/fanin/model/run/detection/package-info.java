/** The findings of a detection, and the plan of a run. Written by the detector, read for reports. */
package io.fanin.model.run.detection;
