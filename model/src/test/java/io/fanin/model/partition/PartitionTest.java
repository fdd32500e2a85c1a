package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionTest {

    private static final Partition NEW =
            new Partition(PartitionValues.of("7"), "made/hour=7/", Optional.of("raw/hour=7/"));

    /** A report of an outstanding partition does not say what it was made of, and a result does. */
    @Test
    void rawDataThatItWasMadeOfDoesNotTellItApart() {
        Partition registered = NEW.madeOf(Instant.EPOCH);

        assertThat(registered).isEqualTo(NEW).hasSameHashCodeAs(NEW);
        assertThat(registered.madeOf()).contains(Instant.EPOCH);
        assertThat(new Partition(PartitionValues.of("7"), "made/hour=7/")).isNotEqualTo(NEW);
    }

    /** Documents of earlier versions do not say it either. */
    @Test
    void documentSaysItOnlyOfWhatIsMadeAnew() {
        assertThat(Json.text(NEW)).doesNotContain("madeOf");
        String registered = Json.text(NEW.madeOf(Instant.EPOCH));

        assertThat(Json.read(registered, Partition.class, "manifest").madeOf()).contains(Instant.EPOCH);
        assertThat(Json.read(Json.text(NEW), Partition.class, "manifest").madeOf())
                .isEmpty();
    }
}
