package io.fanin.core.catalog;

import java.util.function.ToIntFunction;

/**
 * Rounds of batch calls, each with the items that the one before left open since Glue throttled or answered
 * ambiguously. Each further round begins after a pause, and has half as many requests under way. The fifth round,
 * counted from the last one with progress, ends them: of many batches Glue may throttle most at first.
 */
public record Rounds(GlueRetries retries, ParallelRequests requests) {

    static final int MAX_ROUNDS = 20;

    /**
     * Repeats a round while something is open.
     *
     * @param open how many things
     * @param round does them with these requests, and answers how many it leaves open
     * @return how many rounds there were
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
