/** What a detection has found, and what a run would do with it. Written by the detector, read by those who report. */
package io.fanin.core.run.detection;
