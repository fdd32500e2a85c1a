package io.fanin.detector.inspect;

import io.fanin.model.run.detection.Candidate;

/** A partition that was looked into. */
public record Inspected(Candidate candidate, Verdict verdict) {}
