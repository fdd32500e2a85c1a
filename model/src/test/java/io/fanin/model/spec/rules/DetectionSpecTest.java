package io.fanin.model.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.LocalMoment;
import io.fanin.model.spec.detection.NamedPartition;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for {@code detection}. */
class DetectionSpecTest {

    private static final List<PartitionKey> KEYS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("Hour", KeyType.INT));

    @Test
    void listIsTheDefault() {
        assertThat(read("{'database': 'a', 'table': 'b'}").detectionOrDefault())
                .isEqualTo(DetectionSpec.Listing.DEFAULT);
        assertThat(detection("{'mode': 'list'}")).isEqualTo(DetectionSpec.Listing.DEFAULT);
        assertThat(detection("{}")).isEqualTo(DetectionSpec.Listing.DEFAULT);
    }

    @Test
    void rangeReadsDatesAndLocalTimes() {
        assertThat(detection("{'mode': 'range', 'from': '2013-02-08', 'to': '2013-02-09T17:30'}"))
                .isEqualTo(new DetectionSpec.Range(
                        new LocalMoment(LocalDateTime.of(2013, 2, 8, 0, 0)),
                        new LocalMoment(LocalDateTime.of(2013, 2, 9, 17, 30))));
    }

    @Test
    void partitionsAreNamedOrGivenByTheirValues() {
        DetectionSpec.Explicit spec = (DetectionSpec.Explicit)
                detection("{'mode': 'partitions', 'partitions': ['DT=2013-02-08/hour=17', ['2013-02-08', 18]]}");

        assertThat(spec.partitions())
                .extracting(named -> named.valuesFor(KEYS))
                .containsExactly(PartitionValues.of("2013-02-08", "17"), PartitionValues.of("2013-02-08", "18"));
    }

    @Test
    void namesAreUnescapedAsHiveEscapesThem() {
        NamedPartition named = new NamedPartition.ByName("at=12%3A30");

        assertThat(named.valuesFor(List.of(new PartitionKey("at", KeyType.STRING))))
                .isEqualTo(PartitionValues.of("12:30"));
    }

    @Test
    void namedValuesOfAFormattedKeyAreGlues() {
        List<PartitionKey> keys = List.of(new PartitionKey("at", KeyType.DATE, "yyyy/MM/dd"));

        assertThat(new NamedPartition.ByName("at=2013-02-08").valuesFor(keys))
                .isEqualTo(PartitionValues.of("2013-02-08"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'mode':'list'}",
                "{'mode':'list','lookback':'PT6H','lateData':false,'readiness':{'marker':'_SUCCESS','quietPeriod':'PT5M'},"
                        + "'gaps':'outstanding','maxAttempts':3}",
                "{'mode':'full','lateData':true}",
                "{'mode':'range','from':'2013-02-08T00:00','to':'2013-02-09T17:30'}",
                "{'mode':'calendar','past':'PT1H','ahead':'PT24H','zone':'Europe/Berlin'}",
                "{'mode':'events'}",
                "{'mode':'events','readiness':{'quietPeriod':'PT5M'},'maxAttempts':3}",
                "{'mode':'full','readiness':{'age':'PT1H6M'}}",
                "{'mode':'partitions','partitions':['dt=2013-02-08/hour=17',['2013-02-08','18']]}"
            })
    void resolvedSpecIsReadAsWritten(String json) {
        DetectionSpec spec = detection(json);

        String written = Json.text(spec);

        assertThat(written.replace('"', '\'')).isEqualTo(json);
        assertThat(Json.read(written, DetectionSpec.class, "x")).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'mode': 'range'} | $.detection.from: is missing; $.detection.to: is missing",
                "{'mode': 'range', 'from': 2013, 'to': '2014-01-01'} | $.detection.from: expected a string, found 2013",
                "{'mode': 'range', 'from': '2013', 'to': '2014-01-01'} | $.detection.from: expected a date such as"
                        + " 2013-02-08, or a local time such as 2013-02-08T17:00, found '2013'",
                "{'mode': 'range', 'from': '2013-02-08T00:00Z', 'to': '2014-01-01'} | $.detection.from: expected a date"
                        + " such as 2013-02-08, or a local time such as 2013-02-08T17:00, found '2013-02-08T00:00Z'",
                "{'mode': 'range', 'from': '2014-01-01', 'to': '+12014-01-01'} | $.detection.to: expected a year of"
                        + " four digits, such as in 2013-02-08, found +12014-01-01T00:00",
                "{'mode': 'range', 'from': '-0001-01-01T00:00', 'to': '2014-01-01'} | $.detection.from: expected a year"
                        + " of four digits, such as in 2013-02-08, found -0001-01-01T00:00",
                "{'mode': 'range', 'from': '2014-01-01', 'to': '2014-01-01'} | $.detection.to: expected a moment after"
                        + " $.detection.from (2014-01-01T00:00), found 2014-01-01T00:00",
                "{'mode': 'range', 'from': '2014-01-01', 'to': '2014-01-02', 'lookback': 'PT1H'} | $.detection.lookback:"
                        + " unknown field, expected one of: from, lateData, maxAttempts, readiness, to",
                "{'mode': 'list', 'from': '2014-01-01'} | $.detection.from: unknown field, expected one of: gaps, lateData,"
                        + " lookback, maxAttempts, readiness",
                "{'from': '2014-01-01'} | $.detection.from: unknown field, expected one of: gaps, lateData, lookback,"
                        + " maxAttempts, readiness",
                "{'lookback': 'two days'} | $.detection.lookback: expected a duration such as PT48H or P2D,"
                        + " a hundred years at most, found 'two days'",
                "{'lookback': 'PT-1H'} | $.detection.lookback: expected a duration such as PT48H or P2D,"
                        + " a hundred years at most, found 'PT-1H'",
                "{'lookback': 'P36526D'} | $.detection.lookback: expected a duration such as PT48H or P2D,"
                        + " a hundred years at most, found 'P36526D'",
                "{'gaps': 'ignore'} | $.detection.gaps: expected 'report' or 'outstanding', found 'ignore'",
                "{'lateData': 'yes'} | $.detection.lateData: expected true or false, found 'yes'",
                "{'maxAttempts': 0} | $.detection.maxAttempts: expected 1 or more, found 0",
                "{'maxAttempts': 1.5} | $.detection.maxAttempts: expected a whole number, found 1.5",
                "{'maxAttempts': '3'} | $.detection.maxAttempts: expected a whole number, found '3'",
                "{'readiness': {}} | $.detection.readiness: expected a marker, a quietPeriod, or an age",
                "{'readiness': {'marker': 'a/b'}} | $.detection.readiness: expected the marker to be the name of an object,"
                        + " such as _SUCCESS, found 'a/b'",
                "{'mode': 'calendar'} | $.detection: calendar needs from and to, or one of past and ahead, or both of these",
                "{'mode': 'calendar', 'from': '2014-01-01'} | $.detection: calendar needs from and to, or one of past and"
                        + " ahead, or both of these",
                "{'mode': 'calendar', 'from': '2014-01-01', 'to': '2014-01-02', 'ahead': 'P1D'} | $.detection: calendar"
                        + " needs from and to, or one of past and ahead, or both of these",
                "{'mode': 'calendar', 'from': '2014-01-02', 'to': '2014-01-01'} | $.detection.to: expected a moment after"
                        + " $.detection.from (2014-01-02T00:00), found 2014-01-01T00:00",
                "{'mode': 'calendar', 'ahead': 'P1D', 'zone': 'Mars'} | $.detection.zone: expected a time zone such as UTC or"
                        + " Europe/Berlin, found 'Mars'",
                "{'mode': 'events', 'lookback': 'PT1H'} | $.detection.lookback: unknown field, expected one of: maxAttempts,"
                        + " readiness",
                "{'mode': 5} | $.detection.mode: expected one of: list, full, range, partitions, calendar, events, found 5",
                "{'mode': null} | $.detection.mode: is missing",
                "'list' | $.detection: expected an object, found 'list'",
                "{'mode': 'partitions'} | $.detection.partitions: is missing",
                "{'mode': 'partitions', 'partitions': []} | $.detection.partitions: expected at least one partition",
                "{'mode': 'partitions', 'partitions': 'dt=1'} | $.detection.partitions: expected an array, found 'dt=1'",
                "{'mode': 'partitions', 'partitions': ['dt=1', ['1'], [2], {'dt': 1}]} | $.detection.partitions[3]:"
                        + " expected a name such as \"dt=2013-02-08/hour=17\", or an array of values, found an object",
                "{'mode': 'partitions', 'partitions': [[]]} | $.detection.partitions[0]:"
                        + " expected a name such as \"dt=2013-02-08/hour=17\", or an array of values, found an array",
                "{'mode': 'partitions', 'partitions': [[1.5]]} | $.detection.partitions[0]:"
                        + " expected a name such as \"dt=2013-02-08/hour=17\", or an array of values, found an array",
            })
    void whatCannotBeMeantIsRefused(String detection, String problem) {
        assertThatThrownBy(() -> detection(detection))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dt=2013-02-08                | expected dt=<date>/Hour=<int>, found 'dt=2013-02-08'",
                "hour=17/dt=2013-02-08        | expected dt=<date>/Hour=<int>, found 'hour=17/dt=2013-02-08'",
                "2013-02-08/17                | expected dt=<date>/Hour=<int>, found '2013-02-08/17'",
                "dt=2013-02-08/hour=17/       | expected dt=<date>/Hour=<int>, found 'dt=2013-02-08/hour=17/'; a / within a value is written %2F",
                "dt=2013-02-30/hour=17        | '2013-02-30' is not a value of key dt, expected one such as 2013-02-08",
                "dt=2013-02-08/hour=7x        | '7x' is not a value of key Hour, expected one of type int",
            })
    void namesThatTheKeysDoNotHaveAreRefused(String name, String problem) {
        assertThatThrownBy(() -> new NamedPartition.ByName(name).valuesFor(KEYS))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @Test
    void valuesForOtherKeysAreRefused() {
        assertThatThrownBy(() -> new NamedPartition.ByValues(List.of("17")).valuesFor(KEYS))
                .hasMessage("expected 2 values, for dt, Hour, found 1");
        assertThatThrownBy(() -> new NamedPartition.ByValues(List.of("17", "18")).valuesFor(KEYS.subList(0, 1)))
                .hasMessage("expected 1 value, for dt, found 2");
    }

    private static DetectionSpec detection(String json) {
        return read("{'database': 'a', 'table': 'b', 'detection': " + json + "}")
                .detection()
                .orElseThrow();
    }

    private static TableSpec read(String json) {
        try {
            return new SpecReader().read(Json.input().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
