package io.fanin.statemachine.simulation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;

/** Considers partitions registered as soon as they are sent, regardless of Glue's answer. */
final class CredulousMutant implements ExecutionInterceptor {

    private final Map<List<String>, PartitionInput> sent = new ConcurrentHashMap<>();

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        return switch (context.request()) {
            case BatchCreatePartitionRequest create -> {
                create.partitionInputList().forEach(input -> sent.put(input.values(), input));
                yield BatchCreatePartitionResponse.builder().build();
            }
            case BatchGetPartitionRequest get -> {
                BatchGetPartitionResponse answer = (BatchGetPartitionResponse) context.response();
                List<Partition> found = get.partitionsToGet().stream()
                        .filter(key -> sent.containsKey(key.values()))
                        .map(key -> sent.get(key.values()))
                        .map(input -> Partition.builder()
                                .values(input.values())
                                .parameters(input.parameters())
                                .storageDescriptor(input.storageDescriptor())
                                .build())
                        .toList();
                yield found.isEmpty()
                        ? answer
                        : BatchGetPartitionResponse.builder().partitions(found).build();
            }
            case SdkRequest other -> context.response();
        };
    }
}
