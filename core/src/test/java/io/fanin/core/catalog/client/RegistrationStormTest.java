package io.fanin.core.catalog.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.RegistrationOutcome;
import io.fanin.core.catalog.partition.RegistrationOutcome.LeftToOthers;
import io.fanin.core.catalog.partition.RegistrationOutcome.Refused;
import io.fanin.core.catalog.partition.RegistrationOutcome.Registered;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.fakes.Fault.Fail;
import io.fanin.fakes.FaultHook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The report agrees with the catalog after any sequence of faults. */
class RegistrationStormTest {

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void reportNeverSaysRegisteredOfWhatIsNotThere(long seed) {
        CatalogFixture fixture = new CatalogFixture();
        CatalogTable table = fixture.table();
        List<PartitionRegistration> given = CatalogFixture.registrations(230);
        given.stream()
                .filter(r -> Math.floorMod(r.hashCode(), 7) == seed % 7)
                .forEach(r -> fixture.glue.putPartition(
                        "analytics", "flights", r.values().values(), "s3://lake/elsewhere/"));
        fixture.glue.faults().hook(new Storm(new Random(seed)));

        RegistrationReport report = fixture.once.register(table, given);

        assertThat(report.outcomes())
                .extracting(RegistrationOutcome::values)
                .isEqualTo(given.stream().map(PartitionRegistration::values).toList());
        Map<List<String>, String> present = fixture.glue.locations("analytics", "flights");
        for (int i = 0; i < given.size(); i++) {
            String location = present.get(given.get(i).values().values());
            switch (report.outcomes().get(i)) {
                case Registered registered ->
                    assertThat(location).isEqualTo(given.get(i).locationUri());
                case LeftToOthers left -> throw new AssertionError(left);
                case Refused refused ->
                    assertThat(location)
                            .as(refused.toString())
                            .isNotEqualTo(given.get(i).locationUri());
            }
        }
    }

    /** Strikes every third call, and one entry of fifty; reads are left in peace often enough to get through. */
    private record Storm(Random random) implements FaultHook {

        @Override
        public Optional<Fault> at(Moment moment, Call call) {
            int bound = call.operation().equals("BatchGetPartition") ? 40 : 6;
            return switch (random.nextInt(bound)) {
                case 0 -> Optional.of(moment == Moment.AFTER ? new Fault.Drop() : Fault.throttling());
                case 1 -> Optional.of(moment == Moment.AFTER ? new Fault.TimeOut() : Fault.internalService());
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<Fail> forEntry(Call call, List<String> entry) {
            return random.nextInt(50) == 0
                    ? Optional.of(random.nextBoolean() ? Fault.throttling() : Fault.internalService())
                    : Optional.empty();
        }
    }
}
