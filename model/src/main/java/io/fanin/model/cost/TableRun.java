package io.fanin.model.cost;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one table takes in one run of all tables, on average.
 *
 * @param requests to S3 and Glue, by service and operation: {@code S3 PutObject}
 * @param states transitions
 * @param gigabyteSeconds of functions
 */
public record TableRun(Map<String, Double> requests, double states, double invocations, double gigabyteSeconds) {

    public TableRun {
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    }

    /** At list prices. */
    public double dollars() {
        return dollarsOf("S3") + dollarsOf("Glue") + dollarsOfStates() + dollarsOfLambda();
    }

    /** Of the requests to one service. */
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

    /** The number of requests to one service. */
    public double requestsTo(String service) {
        return requests.entrySet().stream()
                .filter(request -> request.getKey().startsWith(service + " "))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
