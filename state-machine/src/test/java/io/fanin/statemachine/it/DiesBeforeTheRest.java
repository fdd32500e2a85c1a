package io.fanin.statemachine.it;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;

/** Lets a full batch of partitions be answered, and kills the process each time the rest would be registered. */
public final class DiesBeforeTheRest implements ExecutionInterceptor {

    private static final int FULL = 100;
    private static final int LIMIT_SECONDS = 20;

    /** Batches are sent in parallel. */
    private static final CountDownLatch ANSWERED = new CountDownLatch(1);

    @Override
    public void beforeTransmission(Context.BeforeTransmission call, ExecutionAttributes attributes) {
        if (call.request() instanceof BatchCreatePartitionRequest create
                && create.partitionInputList().size() < FULL) {
            awaitFullBatch();
            Runtime.getRuntime().halt(137);
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission call, ExecutionAttributes attributes) {
        if (call.request() instanceof BatchCreatePartitionRequest create
                && create.partitionInputList().size() == FULL) {
            ANSWERED.countDown();
        }
    }

    private static void awaitFullBatch() {
        try {
            if (!ANSWERED.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("no full batch was answered within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
