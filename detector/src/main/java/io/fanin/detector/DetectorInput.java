package io.fanin.detector;

import io.fanin.core.run.Execution;

/** What the state machine sends to the detector. */
record DetectorInput(Execution execution) {}
