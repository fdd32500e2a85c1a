package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutCandidatesTest {

    static List<PartitionKey> keys(String text) {
        return Arrays.stream(text.split(" ", -1))
                .map(key -> key.split(":", -1))
                .map(key -> new PartitionKey(key[0], key.length > 1 ? KeyType.of(key[1]) : KeyType.STRING))
                .toList();
    }

    static List<List<String>> paths(String text) {
        return Stream.of(text.split(" ", -1))
                .map(path -> List.of(path.split("/", -1)))
                .toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "dt:date hour:int,        dt=2013-02-08/hour=17 dt=2013-02-09/hour=3,       hive,                        ''",
        "dt:date hour:int,        DT=2013-02-08/Hour=17,                            hive,                        ''",
        "dt hour,                 hour=17/dt=2013-02-08,                            hour=${hour}/dt=${dt},       ''",
        "partition_0 partition_1, 2013/02 2014/11,                                  ${partition_0}/${partition_1}, ''",
        "dt partition_1,          dt=2013-02-08/17 dt=2013-02-08/18,                dt=${dt}/${partition_1},     ''",
        "region dt,               us/2013-02-08 eu/2013-02-08,                      ${region}/${dt},             ''",
        "dt,                      2013/02/08/17 2013/02/09/03,                      ${dt},                       yyyy/MM/dd/HH",
        "dt:timestamp,            2013/02/08/17,                                    ${dt},                       yyyy/MM/dd/HH",
        "dt:date,                 2013/02/08,                                       ${dt},                       yyyy/MM/dd",
        "region day,              AWSLogs/us/2013/02/08 AWSLogs/eu/2013/02/08,      AWSLogs/${region}/${day},    yyyy/MM/dd",
        "dt:date,                 data/dt=2013-02-08,                               data/dt=${dt},               ''",
        "dt:date,                 dt=2013-02-08/deeper,                             hive,                        ''",
        "day,                     dt=2013-02-08,                                    dt=${day},                   ''",
    })
    void mostProbableLayoutIsTheFirst(String keys, String paths, String layout, String format) {
        KeyedLayout first = LayoutCandidates.of(keys(keys), paths(paths)).getFirst();

        assertThat(first.name()).isEqualTo(layout);
        assertThat(first.keys().getLast().format())
                .isEqualTo(Optional.of(format).filter(text -> !text.isEmpty()));
        assertThat(first.whyNot()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "dt hour, 2013-02-08",
        "dt hour, dt=2013-02-08",
        "dt:date hour:int minute:int, 2013/02",
        "dt, ''",
        "dt, _tmp/${dt}",
    })
    void pathsWithFewerLevelsThanKeysHaveNone(String keys, String paths) {
        assertThat(LayoutCandidates.of(keys(keys), paths.isEmpty() ? List.of() : paths(paths)))
                .noneMatch(candidate -> candidate.whyNot().isPresent())
                .allMatch(candidate -> candidate.layout().depth() <= 2);
    }

    @Test
    void allCandidatesFitAllPaths() {
        List<List<String>> paths = paths("2013/02/08/17 2013/02/09/18");

        assertThat(LayoutCandidates.of(keys("a b"), paths))
                .isNotEmpty()
                .allSatisfy(candidate -> assertThat(candidate.textsOf(paths)).hasSameSizeAs(paths));
    }

    /** A name of 2^n readings may not take 2^n steps. */
    @Test
    void numberOfCandidatesIsLimited() {
        String keys = "a b c d e f g h";
        String path = String.join("/", Collections.nCopies(24, "x"));

        assertThat(LayoutCandidates.of(keys(keys), paths(path))).hasSizeLessThanOrEqualTo(32);
    }

    /** A key of S3 has at most 512 levels. */
    @Test
    @Timeout(300)
    void longPathsAreReadInNoTime() {
        String keys = "a b c d e f g h";
        String path = String.join("/", Collections.nCopies(128, "2013/02/08/17"));

        assertThat(LayoutCandidates.of(keys(keys), paths(path)).getFirst().keys())
                .hasSize(8);
    }

    @Test
    void registeredPathIsThatOfItsValues() {
        KeyedLayout layout = new KeyedLayout("${dt}/${hour}", keys("dt:date hour:int"));

        assertThat(layout.places(PartitionValues.of("2013-02-08", "7"), List.of("2013-02-08", "07")))
                .isTrue();
        assertThat(layout.places(PartitionValues.of("2013-02-08", "7"), List.of("2013-02-08", "08")))
                .isFalse();
        assertThat(layout.places(PartitionValues.of("2013-02-08", "7"), List.of("2013-02-08")))
                .isFalse();
        assertThat(layout.places(PartitionValues.of("2013-02-08", "7"), List.of("2013-02-08", "7", "x")))
                .isFalse();
    }
}
