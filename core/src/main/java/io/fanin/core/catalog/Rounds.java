package io.fanin.core.catalog;

import java.util.function.ToIntFunction;

/**
 * Rounds of batch calls. Each handles the items that the previous one left open because Glue throttled or answered
 * ambiguously; it begins after a pause, with half as many concurrent requests. The rounds end with the fifth one after
 * the last that made progress, since Glue may at first throttle most of many batches.
 */
public record Rounds(GlueRetries retries, ParallelRequests requests) {

    static final int MAX_ROUNDS = 20;

    /**
     * Repeats a round while items are open.
     *
     * @param open the number of items
     * @param round handles the items with these requests, and returns the number that it leaves open
     * @return the number of rounds
     */
    public int repeat(int open, ToIntFunction<ParallelRequests> round) {
        ParallelRequests atOnce = requests;
        int left = open;
        int sinceProgress = 0;
        int rounds = 0;
        while (left > 0 && sinceProgress < GlueRetries.MAX_ATTEMPTS && rounds < MAX_ROUNDS) {
            if (rounds > 0) {
                retries.pauseAfter(Math.min(rounds, GlueRetries.MAX_ATTEMPTS - 1));
                atOnce = atOnce.slower();
            }
            int now = round.applyAsInt(atOnce);
            sinceProgress = now < left ? 1 : sinceProgress + 1;
            left = now;
            rounds++;
        }
        return rounds;
    }
}
