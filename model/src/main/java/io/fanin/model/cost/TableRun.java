package io.fanin.model.cost;

import io.fanin.model.run.RunReport;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The consumption of one table in a run: on average in a run of all tables, or according to the report of one run.
 *
 * @param requests by service and operation: {@code S3 PutObject}
 * @param states transitions that are billed
 * @param gigabyteSeconds of functions
 */
public record TableRun(Map<String, Double> requests, double states, double invocations, double gigabyteSeconds) {

    /** The assumed duration of an invocation of the detector or the table-creator. */
    public static final double FUNCTION_SECONDS = 1;

    /** The memory of the detector and of the table-creator. */
    public static final double FUNCTION_GIGABYTES = 1;

    /**
     * The detector and the table-creator; in a redrive the gate, which is the table-creator too, instead of the
     * detector.
     */
    private static final int FUNCTIONS_OF_A_PASS = 2;

    public TableRun {
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    }

    /**
     * The consumption of a pass according to its report, which has the time of processors only. A state invokes one
     * function at most, so the transitions stand for the invocations, which cost less than a hundredth of them.
     */
    public static TableRun of(RunReport.PassUsage usage) {
        return new TableRun(
                counts(usage.functions().requests()),
                usage.stateTransitions(),
                usage.stateTransitions(),
                usage.functions().gigabyteSeconds() + FUNCTIONS_OF_A_PASS * FUNCTION_SECONDS * FUNCTION_GIGABYTES);
    }

    /** Requests and transitions without the time of functions. */
    public static TableRun of(Map<String, Long> requests, long states) {
        return new TableRun(counts(requests), states, 0, 0);
    }

    private static Map<String, Double> counts(Map<String, Long> requests) {
        return requests.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, sent -> (double) sent.getValue()));
    }

    /** At list prices. */
    public double dollars() {
        return requests.entrySet().stream()
                        .mapToDouble(request -> request.getValue() * Prices.LIST.ofRequest(request.getKey()))
                        .sum()
                + dollarsOfStates()
                + dollarsOfLambda();
    }

    /** The cost of the requests to one service, at list prices. */
    public double dollarsOf(String service) {
        return requests.entrySet().stream()
                .filter(request -> request.getKey().startsWith(service + " "))
                .mapToDouble(request -> request.getValue() * Prices.LIST.ofRequest(request.getKey()))
                .sum();
    }

    public double dollarsOfStates() {
        return states * Prices.LIST.stateTransition();
    }

    public double dollarsOfLambda() {
        return invocations * Prices.LIST.lambdaRequest() + gigabyteSeconds * Prices.LIST.lambdaGigabyteSecond();
    }
}
