/** The ways to detect, one for each mode of a spec and one for redrives. Entered by {@link io.fanin.detector.detect.Detections}. */
package io.fanin.detector.detect;
