package io.fanin.processor.custom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextTest {

    @ParameterizedTest
    @CsvSource({
        "lake,       raw/dt=1/,  s3://lake/raw/dt=1/",
        "2024-lake,  raw/50%/,   s3://2024-lake/raw/50%25/",
        "lake.2024,  raw/x y#?/, s3://lake.2024/raw/x%20y%23%3F/",
        "10.20.3000, '',         s3://10.20.3000/",
    })
    void folderOfAnyBucketHasAUri(String bucket, String prefix, String uri) {
        assertThat(Context.uri(bucket, prefix)).hasToString(uri);
    }
}
