package io.fanin.statemachine.it;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;

/** Lets full batches of partitions pass, and ends the process each time that the rest of them would be registered. */
public final class DiesBeforeTheRest implements ExecutionInterceptor {

    private static final int FULL = 100;

    @Override
    public void beforeTransmission(Context.BeforeTransmission call, ExecutionAttributes attributes) {
        if (call.request() instanceof BatchCreatePartitionRequest create
                && create.partitionInputList().size() < FULL) {
            Runtime.getRuntime().halt(137);
        }
    }
}
