package io.fanin.core.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.FakeGlue;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

class WholeAnswersTest {

    private final FakeGlue glue = new FakeGlue().createDatabase("lake");
    private final FakeS3 s3 = new FakeS3().createBucket("lake");

    @Test
    void answerOfGlueWithoutABodyIsAskedForAgain() {
        glue.faults().on("GetDatabase").first(2).thenAfter(new Fault.Empty());

        assertThat(glue.client()
                        .getDatabase(request -> request.name("lake"))
                        .database()
                        .name())
                .isEqualTo("lake");
        assertThat(glue.log().count("GetDatabase")).isEqualTo(3);
    }

    @Test
    void callAnsweredWithoutABodyEachTimeFails() {
        glue.faults().on("GetDatabase").thenAfter(new Fault.Empty());

        assertThatThrownBy(() -> glue.client().getDatabase(request -> request.name("lake")))
                .isExactlyInstanceOf(RetryableException.class)
                .hasMessageContaining("GetDatabase was answered without a body");
    }

    /** The answer has no fields, and AWS's references show it with an empty body. */
    @Test
    void changeThatIsAnsweredWithoutABodyIsDone() {
        glue.faults().on("CreateTable").first(1).thenAfter(new Fault.Empty());

        glue.client().createTable(request -> request.databaseName("lake").tableInput(table -> table.name("flights")));

        assertThat(glue.log().count("CreateTable")).isOne();
    }

    @Test
    void listingWithoutABodyIsAskedForAgain() {
        s3.put("lake", "a", "x");
        s3.faults().on("ListObjectsV2").first(1).thenAfter(new Fault.Empty());

        assertThat(s3.client().listObjectsV2(request -> request.bucket("lake")).contents())
                .hasSize(1);
    }

    @Test
    void objectsMayBeEmpty() {
        s3.put("lake", "a/", "");

        assertThat(s3.client()
                        .getObjectAsBytes(GetObjectRequest.builder()
                                .bucket("lake")
                                .key("a/")
                                .build())
                        .asByteArray())
                .isEmpty();
        assertThat(s3.log().count("GetObject")).isEqualTo(1);
    }
}
