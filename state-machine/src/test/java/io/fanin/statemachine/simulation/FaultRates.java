package io.fanin.statemachine.simulation;

/**
 * The probabilities of faults in one history.
 *
 * @param request that a request fails
 * @param entry that an entry of a batch fails
 * @param crash that an invocation dies at a request
 * @param abandoned that an invocation's caller stops waiting at a request
 * @param lost that an invocation's answer is lost, or that it is not begun
 * @param item that an item of the Map is lost
 * @param meddling that somebody else changes the table just before it is changed
 * @param deregistration that data comes back just before it is looked for or its partition is deregistered, or Glue
 *     refuses that
 * @param job that a Glue job is not begun, that it has begun is not heard, or that it ends at a step without having
 *     done its work
 * @param throttling of requests that register partitions
 */
record FaultRates(
        double request,
        double entry,
        double crash,
        double abandoned,
        double lost,
        double item,
        double meddling,
        double deregistration,
        double job,
        Throttling throttling) {

    static final FaultRates CALM = new FaultRates(0, 0, 0, 0, 0, 0, 0, 0, 0, Throttling.NONE);

    /** The probability that an execution's status is outdated right after its start. */
    double outdated() {
        return equals(CALM) ? 0 : 0.3;
    }

    /**
     * The probability that an execution is stopped just before it registers partitions, while its invocation continues.
     */
    double late() {
        return abandoned > 0 ? 0.1 : 0;
    }

    static FaultRates of(SeededRandom random) {
        return new FaultRates(
                random.one(0.0, 0.01, 0.03, 0.1),
                random.one(0.0, 0.0, 0.05, 0.2),
                random.one(0.0, 0.0, 0.002, 0.01),
                random.one(0.0, 0.0, 0.005, 0.02),
                random.one(0.0, 0.0, 0.05),
                random.one(0.0, 0.0, 0.05),
                random.one(0.0, 0.0, 0.2),
                0.2,
                random.one(0.0, 0.02, 0.1),
                Throttling.of(random));
    }
}
