package io.fanin.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.DataFormat;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectDefectException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {
    @ParameterizedTest
    @CsvSource({
        "json,    flights-1-2013-02-08-17-00-00-8f1e, none",
        "json,    part-0.c000,             none",
        "json,    events.2013.02.08,       none",
        "json,    a.json,                  none",
        "json,    a.JSON,                  none",
        "json,    a.ndjson,                none",
        "json,    a.csv.json,              none",
        "json,    a.log,                   none",
        "json,    dir.parquet/a,           none",
        "json,    a.gz,                    gzip",
        "json,    a.json.gz,               gzip",
        "csv,     a.csv,                   none",
        "csv,     a.tsv.gz,                gzip",
        "csv,     a.csv.zst,               zstd",
        "json,    a.json.bz2,              bzip2",
        "csv,     a.txt,                   none",
        "parquet, a.parquet,               none",
        "parquet, part-0.snappy.parquet,   none",
        "parquet, part-0.gz.parquet,       none",
        "parquet, part-0,                  none"
    })
    void nameThatFitsTheTableIsRead(String format, String name, String compression) {
        assertThat(ObjectName.compression(object(name), DataFormat.valueOf(format.toUpperCase(Locale.ROOT)))
                        .label())
                .isEqualTo(compression);
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
        "json,    a.json.lz4,     is named .lz4",
        "json,    a.json.xz,      is named .xz",
        "json,    a.json.ZST,     is named .ZST",
        "json,    a.json.snappy,  is named .snappy",
        "json,    a.json.GZ,      is named .GZ",
        "csv,     a.csv.gzip,     is named .gzip",
        "csv,     a.zip,          is named .zip"
    })
    void nameThatContradictsTheTableIsRefused(String format, String name, String message) {
        assertThatThrownBy(
                        () -> ObjectName.compression(object(name), DataFormat.valueOf(format.toUpperCase(Locale.ROOT))))
                .isInstanceOfSatisfying(ObjectDefectException.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.WRONG_FORMAT);
                    assertThat(e).hasMessageContaining("t/dt=1/" + name);
                })
                .hasMessageStartingWith("object t/dt=1/" + name + " " + message);
    }

    /** TrinoRegisteredIT shows how an engine handles them. */
    @Test
    void nameThatEnginesDoNotListIsRefused() {
        assertThatThrownBy(() -> ObjectName.requireListed(object("a.json/")))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.WRONG_FORMAT))
                .hasMessage(
                        "object t/dt=1/a.json/ ends in a slash, so query engines take it for a folder and read no row of"
                                + " it: rename it");
        assertThatThrownBy(() -> ObjectName.requireListed(object("a\u0001.json")))
                .hasMessage(
                        "object t/dt=1/a?.json has a control character in its name, so query engines cannot list the"
                                + " partition: rename it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b/a.json", "/a.json", "b//a.json", "a\tb.json", "caf\u00e9 \ud83d\ude00.json"})
    void nameThatTheyListIsNot(String name) {
        ObjectName.requireListed(object(name));
    }

    private static ObjectSummary object(String name) {
        return InMemoryObjects.summary("t/dt=1/" + name, 1);
    }
}
