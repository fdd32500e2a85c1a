package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.tables.SpecResolution;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.Periods;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How prefixes and their times are written, by the spec and the table's parameters. */
class ResolvedKeysTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void specsOwnLocationAndFormatOfAKeyWin() {
        fixture.table("");

        ResolvedSpec resolved =
                resolve(NAMES + ", 'location': 's3://lake/moved', 'partitionKeys': [{'name': 'DT', 'type':"
                        + " 'date', 'format': 'yyyyMMdd'}, {'name': 'hour', 'type': 'int'}]");

        assertThat(resolved.definition().location()).hasToString("s3://lake/moved/");
        assertThat(resolved.definition().keys().getFirst().name()).isEqualTo("dt");
        assertThat(resolved.definition().keys().getFirst().format()).hasValue("yyyyMMdd");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"format, HH, 'time': false", "time, false, 'format': 'HH'"})
    void keyIsATimeOrNoneAsTheSpecSaysWhateverTheCatalogDoes(String published, String value, String stated) {
        publish("fanin.key.hour." + published, value);

        PartitionKey hour = resolve(
                        NAMES + ", 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type':"
                                + " 'int', " + stated + "}]")
                .definition()
                .keys()
                .getLast();

        assertThat(hour.hasNoTime()).isEqualTo(published.equals("format"));
        assertThat(hour.format()).isEqualTo(Optional.of("HH").filter(any -> published.equals("time")));
    }

    @Test
    void specGoesBackToPeriodsOfOneUnit() {
        publish("fanin.key.hour.interval", "6");
        String hours = NAMES + ", 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'%s}]";

        assertThat(resolve(hours.formatted("")).definition().keys().getLast().interval())
                .hasValue(6);
        ResolvedSpec back = resolve(hours.formatted(", 'interval': 1"));
        assertThat(new Periods(back.definition().keys()).length()).hasToString("Optional[hours]");
    }

    /** A key that is no time any more has no interval of the catalog's, and that of one unit is none. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'interval': 1"})
    void intervalOfTheCatalogEndsWhereAKeyIsNoTime(String interval) {
        publish("fanin.key.hour.interval", "6");

        assertThat(resolve(NAMES + ", 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int',"
                                + " 'time': false" + interval + "}]")
                        .definition()
                        .keys()
                        .getLast()
                        .canonical()
                        .interval())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fanin.key.hour.interval | 5 | $.partitionKeys: the key 'hour' has the interval 5: expected it at",
                "fanin.key.hour.format   | mm | $.partitionKeys: the key 'hour' has the format mm, which tells nothing",
                "fanin.layout            | ${foo}/${hour} | $.layout: the layout names '${foo}'",
            })
    void mistakeInTheCatalogIsToldWithItsParameter(String parameter, String value, String problem) {
        publish(parameter, value);

        assertThatThrownBy(() -> resolve(NAMES))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(" the table's ")
                .hasMessageContaining(parameter);
    }

    /** Athena removes no parameter. */
    @Test
    void blankLayoutSaysNothing() {
        publish("fanin.layout", " ");

        assertThat(resolve(NAMES).definition().layout()).isEqualTo("hive");
    }

    /** Only how its prefixes are written: it is no time of theirs. */
    @Test
    void dateThatIsNoTimeKeepsItsFormat() {
        fixture.table("");

        PartitionKey dt = resolve(
                        NAMES + ", 'partitionKeys': [{'name': 'dt', 'type': 'date', 'format': 'yyyyMMdd', 'time':"
                                + " false}, {'name': 'hour', 'type': 'int'}]")
                .definition()
                .keys()
                .getFirst();

        assertThat(dt.hasNoTime()).isTrue();
        assertThat(dt.format()).hasValue("yyyyMMdd");
    }

    @Test
    void dateThatIsNoTimeHasNoFormatOfTheCatalogs() {
        publish("fanin.key.dt.format", "yyyyMMdd");

        assertThat(resolve(NAMES + ", 'partitionKeys': [{'name': 'dt', 'type': 'date', 'time': false}, {'name': 'hour',"
                                + " 'type': 'int'}]")
                        .definition()
                        .keys()
                        .getFirst()
                        .format())
                .isEmpty();
    }

    private void publish(String parameter, String value) {
        fixture.table("");
        fixture.aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        table -> table.withObject("/Parameters").put(parameter, value));
    }

    private ResolvedSpec resolve(String fields) {
        TableSpec spec = DetectorFixture.spec(fields);
        return SpecResolution.resolve(
                spec, fixture.catalog.table(spec.tableName()).orElseThrow());
    }
}
