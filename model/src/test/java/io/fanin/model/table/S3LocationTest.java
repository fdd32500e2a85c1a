package io.fanin.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {

    @ParameterizedTest
    @CsvSource({
        "s3://lake/events/, lake, events/",
        "s3://lake/events, lake, events/",
        "s3://lake/, lake, ''",
        "s3://lake, lake, ''",
        "s3a://lake/a/b/, lake, a/b/",
        "s3n://my.lake-1/a, my.lake-1, a/",
        "s3://lake/a b/dt=1%3A2/, lake, a b/dt=1%3A2/",
        "s3://lake/a..b/.c/..., lake, a..b/.c/.../",
    })
    void folderIsABucketAndAPrefixThatEndsInASlash(String uri, String bucket, String prefix) {
        assertThat(S3Location.of(uri)).isEqualTo(new S3Location(bucket, prefix));
        assertThat(S3Location.of(uri).toString()).isEqualTo("s3://" + bucket + "/" + prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lake",
                "/lake/events",
                "s3:/lake",
                "s3://",
                "s3:///a",
                "s3://La_ke/a",
                "s3://ab",
                "hdfs://lake/a"
            })
    void whatNamesNoBucketIsRefused(String uri) {
        assertThatThrownBy(() -> S3Location.of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + uri + "' is not an S3 location such as s3://bucket/prefix/");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/x/../y/, ..",
        "s3://lake/..,      ..",
        "s3://lake/./y/,    .",
        "s3://lake//y/,     ''",
        "s3://lake/y//,     ''",
        "s3://lake//,       ''",
    })
    void folderThatQueryEnginesCannotFindIsRefused(String uri, String segment) {
        assertThatThrownBy(() -> S3Location.of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'" + uri + "' has the segment '" + segment
                                + "', which S3 takes for a name and query engines do not: expected a path without '..', '.' and '//'");
        assertThat(S3Location.find(uri)).isPresent();
    }

    @Test
    void prefixThatNamesHalfAFolderIsRefused() {
        assertThatThrownBy(() -> new S3Location("lake", "events"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("events");
    }
}
