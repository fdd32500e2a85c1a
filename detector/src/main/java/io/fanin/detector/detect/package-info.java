/**
 * The detections, one for each mode of a spec and one for redrives. The entry point is
 * {@link io.fanin.detector.detect.Detections}.
 */
package io.fanin.detector.detect;
