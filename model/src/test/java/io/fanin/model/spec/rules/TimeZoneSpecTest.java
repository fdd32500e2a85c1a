package io.fanin.model.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.KeyZone;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for {@code timeZone}. */
class TimeZoneSpecTest {

    private static final String NAMES = "'database': 'a', 'table': 'b'";

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "UTC", "+05:30"})
    void zoneIsReadAndWritten(String zone) {
        TableSpec spec = read("{" + NAMES + ", 'timeZone': '" + zone + "'}");

        assertThat(spec.timeZone()).hasValue(KeyZone.of(zone));
        assertThat(Json.text(spec)).isEqualTo("{\"database\":\"a\",\"table\":\"b\",\"timeZone\":\"" + zone + "\"}");
        assertThat(spec.with(ProcessorSpec.Validate.DEFAULT).timeZone()).isEqualTo(spec.timeZone());
    }

    @Test
    void calendarMayNameTheSameOffsetInOtherWords() {
        TableSpec spec = read("{" + NAMES
                + ", 'timeZone': '+00:00', 'detection': {'mode': 'calendar', 'ahead': 'P1D', 'zone': '+00:00'}}");

        assertThat(spec.timeZone()).hasValue(KeyZone.UTC);
    }

    @Test
    void keysAreInUtcByDefault() {
        assertThat(read("{" + NAMES + "}").timeZone()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'timeZone': 'Mars'   | $.timeZone: expected a time zone such as Europe/Berlin, UTC or +05:30, found 'Mars'",
                "'timeZone': ''       | $.timeZone: expected a time zone such as Europe/Berlin, UTC or +05:30, found ''",
                "'timeZone': 1        | $.timeZone: expected a string, found 1",
                "'timezone': 'UTC'    | $.timezone: unknown field",
                "'timeZone': 'UTC', 'partitionKeys': [{'name': 'region', 'type': 'string'}] | $.timeZone: a time zone needs keys"
                        + " that are times",
                "'timeZone': 'Europe/Berlin', 'detection': {'mode': 'calendar', 'ahead': 'P1D', 'zone': 'UTC'} |"
                        + " $.detection.zone: contradicts $.timeZone, which is Europe/Berlin: leave it out, the keys' zone"
                        + " applies",
            })
    void contradictionsAreRefused(String fields, String problem) {
        assertThatThrownBy(() -> read("{" + NAMES + ", " + fields + "}"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-20T10:00, 2026-11-21T11:00",
        "2026-03-28T23:30:00Z, 2026-03-28T23:30, 2026-03-30T01:30",
        "2026-03-29T01:30:00Z, 2026-03-29T01:30, 2026-03-30T03:30",
        "2026-10-25T00:30:00Z, 2026-10-25T01:30, 2026-10-26T02:30",
        "2026-10-25T01:30:00Z, 2026-10-25T01:30, 2026-10-26T02:30",
    })
    void calendarIsRelativeToTheLocalTime(Instant time, LocalDateTime first, LocalDateTime second) {
        TableSpec spec = read("{" + NAMES
                + ", 'timeZone': 'Europe/Berlin', 'detection': {'mode': 'calendar', 'past': 'PT1H', 'ahead': 'P1D'}}");
        DetectionSpec.Calendar calendar = (DetectionSpec.Calendar) spec.detectionOrDefault();

        assertThat(calendar.first(time, spec.timeZone().orElseThrow())).isEqualTo(first);
        assertThat(calendar.second(time, spec.timeZone().orElseThrow())).isEqualTo(second);
    }

    private static TableSpec read(String json) {
        try {
            return new SpecReader().read(Json.input().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
