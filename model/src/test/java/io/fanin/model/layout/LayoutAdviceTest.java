package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutAdviceTest {

    private static final List<PartitionKey> HOURS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "hive, 2013-02-08, ${dt}/${hour}",
        "${dt}/${hour}, dt=2013-02-08, hive",
        "${dt}/${hour}, DT=2013-02-08, hive",
        "hive, hour=17, hour=${hour}/dt=${dt}",
        "hive, day=2013-02-08, day=${dt}/hour=${hour}"
    })
    void proposalFitsTheNames(String layout, String name, String proposed) {
        assertThat(LayoutAdvice.proposal(layout, HOURS, List.of(name))).hasValue(proposed);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"hive, 2013", "hive, year=2013", "hive, backup", "${dt}/${hour}, 2013", "hive, ${dt}=1", "hive, =1"})
    void layoutThatFitsNotEvenTheirLevelIsNotProposed(String layout, String name) {
        assertThat(LayoutAdvice.proposal(layout, HOURS, List.of(name))).isEmpty();
    }

    @Test
    void allNamesHaveToFit() {
        assertThat(LayoutAdvice.proposal("hive", HOURS, List.of("2013-02-08", "backup")))
                .isEmpty();
    }
}
