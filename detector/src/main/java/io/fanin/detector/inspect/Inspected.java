package io.fanin.detector.inspect;

import io.fanin.model.run.detection.Candidate;

/** A partition with the verdict of its inspection. */
public record Inspected(Candidate candidate, Verdict verdict) {}
