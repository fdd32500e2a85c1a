package io.fanin.statemachine.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

/** Ways in which a broken product deregisters partitions. */
final class DeregistrationMutants {

    private DeregistrationMutants() {}

    private static BatchGetPartitionResponse with(BatchGetPartitionResponse answer, List<Partition> partitions) {
        return answer.toBuilder().partitions(partitions).build();
    }

    /** Considers partitions deregistered as soon as it has sent the deletion. */
    static final class Credulous implements ExecutionInterceptor {

        private final Set<List<String>> sent = ConcurrentHashMap.newKeySet();

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            if (context.request() instanceof BatchDeletePartitionRequest request) {
                request.partitionsToDelete().stream()
                        .map(PartitionValueList::values)
                        .forEach(sent::add);
                return BatchDeletePartitionResponse.builder().build();
            }
            return context.response() instanceof BatchGetPartitionResponse answer
                    ? with(
                            answer,
                            answer.partitions().stream()
                                    .filter(one -> !sent.contains(one.values()))
                                    .toList())
                    : context.response();
        }
    }

    /** Considers partitions of unknown origin as registered by a run. */
    static final class Adopting implements ExecutionInterceptor {

        private static final Map<String, String> OF_A_RUN =
                Map.of("fanin.run", "s3://state/runs/any/", "numFiles", "1");

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            return context.response() instanceof BatchGetPartitionResponse answer
                    ? with(
                            answer,
                            answer.partitions().stream().map(Adopting::adopted).toList())
                    : context.response();
        }

        private static Partition adopted(Partition partition) {
            Map<String, String> parameters = new HashMap<>(OF_A_RUN);
            parameters.putAll(partition.parameters());
            return partition.toBuilder().parameters(parameters).build();
        }
    }
}
