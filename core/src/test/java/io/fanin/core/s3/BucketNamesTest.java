package io.fanin.core.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.table.S3Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketNamesTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "lake, lake, true",
        "lake, lake2, false",
        "lake, my-lake, false",
        "'raw,lake', lake, true",
        "' raw , lake ', lake, true",
        "'raw,,lake,', lake, true",
        "lake-*, lake-eu, true",
        "lake-*, lake, false",
        "*, anything, true",
        "*-lake-*, eu-lake-1, true",
        "*-lake-*, eu-lake, false",
        "la.e, lake, false",
        "la.e, la.e, true",
        "'', lake, false",
        "',', lake, false",
    })
    void bucketIsNamedByNameOrPattern(String names, String bucket, boolean named) {
        assertThat(new BucketNames("DataBuckets", names).have(S3Location.of("s3://" + bucket + "/a/")))
                .isEqualTo(named);
    }

    @Test
    void parameterIsShownWithItsNames() {
        assertThat(new BucketNames("DataBuckets", "lake, raw-*")).hasToString("DataBuckets names lake, raw-*");
        assertThat(new BucketNames("TargetBuckets", "")).hasToString("TargetBuckets names none");
    }
}
