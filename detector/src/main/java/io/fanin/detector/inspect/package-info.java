/**
 * Inspects partitions: whether they are ready, and whether registered ones have changed.
 * {@link io.fanin.detector.inspect.InspectionRules} decides, without a client;
 * {@link io.fanin.detector.inspect.Inspections} sends the requests.
 */
package io.fanin.detector.inspect;
