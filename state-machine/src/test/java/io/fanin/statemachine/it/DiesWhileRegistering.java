package io.fanin.statemachine.it;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;

/** Ends the process as a kill does, as soon as Glue has registered a batch of partitions. */
public final class DiesWhileRegistering implements ExecutionInterceptor {

    @Override
    public void afterTransmission(Context.AfterTransmission call, ExecutionAttributes attributes) {
        if (call.request() instanceof BatchCreatePartitionRequest) {
            Runtime.getRuntime().halt(137);
        }
    }
}
