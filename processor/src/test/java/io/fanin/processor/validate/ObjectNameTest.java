package io.fanin.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.DataFormat;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectDefectException;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectNameTest {
    @ParameterizedTest
    @CsvSource({
        "json,    flights-1-2013-02-08-17-00-00-8f1e, false",
        "json,    part-0.c000,             false",
        "json,    events.2013.02.08,       false",
        "json,    a.json,                  false",
        "json,    a.JSON,                  false",
        "json,    a.ndjson,                false",
        "json,    a.csv.json,              false",
        "json,    a.log,                   false",
        "json,    dir.parquet/a,           false",
        "json,    a.gz,                    true",
        "json,    a.json.gz,               true",
        "csv,     a.csv,                   false",
        "csv,     a.tsv.gz,                true",
        "csv,     a.txt,                   false",
        "parquet, a.parquet,               false",
        "parquet, part-0.snappy.parquet,   false",
        "parquet, part-0.gz.parquet,       false",
        "parquet, part-0,                  false"
    })
    void nameThatFitsTheTableIsRead(String format, String name, boolean gzip) {
        assertThat(ObjectName.isGzip(object(name), DataFormat.valueOf(format.toUpperCase(Locale.ROOT))))
                .isEqualTo(gzip);
    }

    @ParameterizedTest
    @CsvSource({
        "json,    a.parquet,      is named .parquet in a table of JSON",
        "json,    a.parquet.gz,   is named .parquet in a table of JSON",
        "json,    a.csv,          is named .csv in a table of JSON",
        "json,    a.orc,          is named .orc in a table of JSON",
        "json,    a.tar.gz,       is named .tar in a table of JSON",
        "csv,     a.json.gz,      is named .json in a table of CSV",
        "parquet, a.json,         is named .json in a table of Parquet",
        "parquet, a.avro,         is named .avro in a table of Parquet",
        "parquet, a.parquet.gz,   is named .gz",
        "json,    a.json.zst,     is named .zst",
        "json,    a.json.bz2,     is named .bz2",
        "json,    a.json.snappy,  is named .snappy",
        "json,    a.json.GZ,      is named .GZ",
        "csv,     a.csv.gzip,     is named .gzip",
        "csv,     a.zip,          is named .zip"
    })
    void nameThatContradictsTheTableIsRefused(String format, String name, String message) {
        assertThatThrownBy(() -> ObjectName.isGzip(object(name), DataFormat.valueOf(format.toUpperCase(Locale.ROOT))))
                .isInstanceOfSatisfying(ObjectDefectException.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.WRONG_FORMAT);
                    assertThat(e).hasMessageContaining("t/dt=1/" + name);
                })
                .hasMessageStartingWith("object t/dt=1/" + name + " " + message);
    }

    private static ObjectSummary object(String name) {
        return InMemoryObjects.summary("t/dt=1/" + name, 1);
    }
}
