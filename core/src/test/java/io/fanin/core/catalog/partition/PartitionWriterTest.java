package io.fanin.core.catalog.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.ParallelRequests;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.core.catalog.partition.WriteAnswer.Accepted;
import io.fanin.core.catalog.partition.WriteAnswer.Refused;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.parallel.Workers;
import io.fanin.model.partition.PartitionValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.PartitionInput;

class PartitionWriterTest {

    /** Glue refuses the whole call for it; nothing in front of the writer is asked in this test. */
    private static final PartitionValues BAD = PartitionValues.of("2013-02-08", "9".repeat(1025));

    private final CatalogFixture fixture = new CatalogFixture();
    private final CatalogTable table = fixture.table();
    private final PartitionWriter writer = new PartitionWriter(fixture.glue.client());
    private final ParallelRequests requests = new ParallelRequests(Workers.CALLER, 1);

    @Test
    void oneInvalidPartitionOfManyIsFoundAndTheOthersAreCreated() {
        Map<PartitionValues, WriteAnswer> answers = create(inputsWithBadAt(177));

        assertThat(answers).hasSize(250);
        assertThat(answers.get(BAD))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo("ValidationException"));
        answers.remove(BAD);
        assertThat(answers.values()).containsOnly(new Accepted());
        assertThat(fixture.registeredCount()).isEqualTo(249);
    }

    @Test
    void findingIsDoneInHalves() {
        create(inputsWithBadAt(177));

        assertThat(fixture.glue.log().calls("BatchCreatePartition"))
                .extracting(call -> Integer.valueOf(call.fact("PartitionInputList")))
                .containsExactly(100, 100, 50, 50, 25, 25, 13, 7, 4, 2, 2, 1, 1, 3, 6, 12, 50);
    }

    @Test
    void updatesAreSentInHalvesToo() {
        List<PartitionInput> inputs = inputsWithBadAt(0).subList(0, 4);
        create(inputs.subList(1, 4));
        fixture.glue.log().reset();

        Map<PartitionValues, WriteAnswer> answers =
                writer.update(requests, CatalogFixture.FLIGHTS, inputs, UnaryOperator.identity());

        assertThat(answers.get(BAD)).isInstanceOf(Refused.class);
        assertThat(answers.values()).filteredOn(Accepted.class::isInstance).hasSize(3);
        assertThat(fixture.glue.log().count("BatchUpdatePartition")).isEqualTo(5);
    }

    /** What has been replaced, or not, is read again. */
    @Test
    void errorThatNamesNoPartitionMayBeOfAny() {
        List<PartitionInput> inputs = inputsWithBadAt(0).subList(1, 4);
        GlueClient nameless = new GlueClient() {
            @Override
            public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest request) {
                return BatchUpdatePartitionResponse.builder()
                        .errors(
                                failure(List.of(), "InternalServiceException"),
                                failure(inputs.getFirst().values(), "AccessDeniedException"))
                        .build();
            }

            @Override
            public String serviceName() {
                return SERVICE_NAME;
            }

            @Override
            public void close() {}
        };

        Map<PartitionValues, WriteAnswer> answers = new PartitionWriter(nameless)
                .update(requests, CatalogFixture.FLIGHTS, inputs, UnaryOperator.identity());

        assertThat(answers.values())
                .hasExactlyElementsOfTypes(Refused.class, WriteAnswer.Unknown.class, WriteAnswer.Unknown.class);
    }

    private static BatchUpdatePartitionFailureEntry failure(List<String> values, String code) {
        return BatchUpdatePartitionFailureEntry.builder()
                .partitionValueList(values)
                .errorDetail(detail -> detail.errorCode(code))
                .build();
    }

    private Map<PartitionValues, WriteAnswer> create(List<PartitionInput> inputs) {
        return writer.create(requests, CatalogFixture.FLIGHTS, inputs, UnaryOperator.identity());
    }

    private List<PartitionInput> inputsWithBadAt(int index) {
        List<PartitionInput> inputs = new ArrayList<>();
        for (PartitionRegistration registration : CatalogFixture.registrations(249)) {
            inputs.add(PartitionInputs.of(table.raw(), registration));
        }
        inputs.add(
                index,
                PartitionInputs.of(table.raw(), new PartitionRegistration(BAD, "s3://lake/flights/bad/", Map.of())));
        return inputs;
    }
}
