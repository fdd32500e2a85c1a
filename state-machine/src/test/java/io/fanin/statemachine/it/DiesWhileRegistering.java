package io.fanin.statemachine.it;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;

/** Kills the process each time Glue has registered a batch of new partitions. */
public final class DiesWhileRegistering implements ExecutionInterceptor {

    @Override
    public void afterUnmarshalling(Context.AfterUnmarshalling call, ExecutionAttributes attributes) {
        if (call.response() instanceof BatchCreatePartitionResponse answer
                && answer.errors().isEmpty()) {
            Runtime.getRuntime().halt(137);
        }
    }
}
