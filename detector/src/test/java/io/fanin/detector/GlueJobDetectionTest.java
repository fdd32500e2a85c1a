package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.spec.processor.ProcessorSpec;
import org.junit.jupiter.api.Test;

/** Tables whose partitions a Glue job makes. */
class GlueJobDetectionTest {

    private static final String SPEC =
            COMPLETE + ", 'processor': {'type': 'glue-job', 'job': 'delays', 'partitionsPerRun': 2}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void whatIsNewGoesToTheJobInBatchesOfSeveralPartitions() {
        fixture.data("dt=2013-02-08/hour=16", "dt=2013-02-08/hour=17", "dt=2013-02-08/hour=18")
                .quiet();

        DetectorAnswer answer = fixture.detect(SPEC);

        assertThat(answer.next()).isEqualTo(NextStep.CHECK);
        assertThat(answer.partitions()).isEqualTo(3);
        assertThat(answer.size().batches()).isEqualTo(2);
        assertThat(fixture.work()).hasSize(3);
    }

    @Test
    void planCountsTheStatesOfEachRunOfTheJob() {
        fixture.data("dt=2013-02-08/hour=16", "dt=2013-02-08/hour=17", "dt=2013-02-08/hour=18")
                .quiet();

        DetectorAnswer answer = fixture.detect(SPEC + ", 'dryRun': true");

        assertThat(answer.next()).isEqualTo(NextStep.CHECK_PLAN);
        assertThat(answer.plan()).isPresent();
        Plan plan = fixture.run().plan().orElseThrow();
        assertThat(plan.next()).isEqualTo(NextStep.PROCESS_BY_JOB);
        assertThat(plan.batches()).isEqualTo(2);
        assertThat(plan.cost().stateTransitions()).isEqualTo(6 + 2 + 2 * 5);
        assertThat(plan.spec().processor()).isInstanceOf(ProcessorSpec.GlueJob.class);
    }

    @Test
    void whereNothingIsNewThereIsNothingForTheJob() {
        fixture.quiet();

        assertThat(fixture.detect(SPEC).next()).isEqualTo(NextStep.NOTHING_NEW);
    }
}
