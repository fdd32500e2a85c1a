package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.table.S3Location;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectedTableTest {

    private static final S3Location LOCATION = S3Location.of("s3://lake/t/");

    private static ProjectedTable projected(String keys, String parameters) {
        Map<String, String> all = new HashMap<>(Map.of("projection.enabled", "TRUE"));
        for (String parameter : parameters.split(";", -1)) {
            String[] parts = parameter.strip().split("=", 2);
            all.put(parts[0].equals("template") ? "storage.location.template" : "projection." + parts[0], parts[1]);
        }
        return ProjectedTable.of(all, LayoutCandidatesTest.keys(keys), LOCATION).orElseThrow();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "dt,            dt.type=date;dt.format=yyyy-MM-dd,                                        s3://lake/t/,     hive,        yyyy-MM-dd",
        "dt:date,       dt.type=date;dt.format=yyyy-MM-dd;dt.interval=1;dt.interval.unit=DAYS,    s3://lake/t/,     hive,        ''",
        "dt,            dt.type=date;dt.format=yyyy/MM/dd/HH;template=s3://lake/f/${dt},          s3://lake/f/,     ${dt},       yyyy/MM/dd/HH",
        "dt,            dt.type=date;dt.format=yyyy/MM/dd;template=s3://lake/f/dt=${dt}/,         s3://lake/f/,     dt=${dt},    yyyy/MM/dd",
        "dt,            dt.type=date;dt.format=yyyyMMdd;template=s3://lake/f/dt=${dt}/,           s3://lake/f/,     hive,        yyyyMMdd",
        "id,            id.type=injected;template=s3://lake/x-${id}/,                             s3://lake/,       x-${id},     ''",
        "region,        region.type=enum;region.values=us;template=s3://lake/t/${region},     s3://lake/t/,     ${region},   ''",
        "n:int,         n.type=integer;n.range=1;n.digits=2,                                   s3://lake/t/,     hive,        ''",
        "r dt,          r.type=enum;dt.type=date;dt.format=yyyy/MM/dd;template=s3://logs/AWSLogs/1/CloudTrail/${r}/${dt}, s3://logs/AWSLogs/1/CloudTrail/, ${r}/${dt}, yyyy/MM/dd",
    })
    void projectionIsTranslated(String keys, String parameters, String location, String layout, String format) {
        ProjectedTable table = projected(keys, parameters);

        assertThat(table.problems()).isEmpty();
        assertThat(table.location().uri()).isEqualTo(location);
        assertThat(table.layout().name()).isEqualTo(layout);
        assertThat(table.layout().keys().getLast().format().orElse("")).isEqualTo(format);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "dt:date hour:int, hour.type=integer;hour.range=0_23;hour.interval=6, 6",
        "dt:date hour:int, hour.type=integer;hour.range=00_18;hour.interval=6;hour.digits=2, 6",
        "dt:date hour:int, hour.type=integer;hour.range=5_23;hour.interval=6, 0",
        "dt:date hour:int, hour.type=integer;hour.range=0_23;hour.interval=7, 0",
        "dt:date hour:int, hour.type=integer;hour.range=0_23;hour.interval=1, 0",
        "dt:date hour:int, hour.type=integer;hour.range=0_23, 0",
        "year:int month:int, year.type=integer;year.range=2020_2030;month.type=integer;month.range=1_12;month.interval=3, 3",
        "dt:date n:int, n.type=integer;n.range=0_100;n.interval=10, 0",
    })
    void intervalOfPeriodsIsTakenOver(String keys, String parameters, int interval) {
        ProjectedTable table = projected(keys, "dt.type=date;dt.format=yyyy-MM-dd;" + parameters.replace('_', ','));

        assertThat(table.problems()).isEmpty();
        assertThat(table.layout().keys().getLast().interval().orElse(0)).isEqualTo(interval);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt | dt.type=date | projection.dt.format is missing",
                "dt | dt.type=dates | projection.dt.type is 'dates', expected date, enum, integer or injected",
                "dt | dt.type=date;dt.format=MM/dd | projection.dt.format cannot be translated",
                "dt | dt.type=date;dt.format=yyyy[-MM] | projection.dt.format cannot be translated",
                "dt:int | dt.type=date;dt.format=yyyyMMdd | projection.dt.format cannot be translated",
                "dt | dt.type=injected;template=s3://lake/t/ | expected one such as",
                "dt | dt.type=injected;template=${dt} | expected one such as",
                "dt | dt.type=injected;template=s3://lake/../${dt} | expected one such as",
                "dt h | dt.type=injected;h.type=injected;template=s3://lake/${dt} | storage.location.template cannot be translated",
                "dt h | dt.type=injected;h.type=injected;template=s3://lake/${dt}${h} | storage.location.template cannot be translated",
            })
    void untranslatablePartsAreNamed(String keys, String parameters, String problem) {
        assertThat(projected(keys.strip(), parameters.strip()).problems())
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void namesOfATemplateAreTakenLiterally() {
        ProjectedTable table =
                projected("dt", "dt.type=date;dt.format=yyyyMMdd;template=s3://lake/t/a$9=${a$9}/dt=${dt}");

        assertThat(table.problems()).singleElement().asString().contains("is none of the partition keys [dt]");
    }

    @Test
    void tableWithoutProjectionHasNone() {
        assertThat(ProjectedTable.of(Map.of("projection.enabled", "false"), LayoutCandidatesTest.keys("dt"), LOCATION))
                .isEmpty();
    }
}
