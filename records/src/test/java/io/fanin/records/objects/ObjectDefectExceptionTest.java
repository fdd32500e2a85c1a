package io.fanin.records.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.S3Location;
import org.junit.jupiter.api.Test;

/** Messages about objects of raw data, which may lie in another bucket than the table. */
class ObjectDefectExceptionTest {

    private static final S3Location RAW = S3Location.of("s3://landing/raw/");

    @Test
    void objectIsNamedByItsUri() {
        Exception cause = new IllegalStateException("cut");
        ObjectDefectException defect = ObjectDefectException.ofObject(
                "raw/hour=1/a.gz", FailureCode.TRUNCATED, " ends within a record", cause);

        ObjectDefectException named = defect.in(RAW, "raw/hour=1/a.gz");

        assertThat(named)
                .hasMessage("object s3://landing/raw/hour=1/a.gz ends within a record")
                .hasCause(cause);
        assertThat(named.code()).isEqualTo(FailureCode.TRUNCATED);
    }

    @Test
    void messageAboutSomethingElseIsLeftAsItIs() {
        ObjectDefectException defect = new ObjectDefectException(FailureCode.NO_OBJECTS, "the prefix is empty");

        assertThat(defect.in(RAW, "raw/hour=1/a.gz")).isSameAs(defect);
    }
}
