package io.fanin.core.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.store.ObjectStore.Version;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectTargetTest {

    private final FakeS3 s3 = new FakeS3().createBucket("lake");
    private final ObjectTarget target = new S3ObjectTarget(s3.client(), "lake", TableName.of("analytics.flights"));

    @TempDir
    private Path folder;

    /** An answer that comes before a long body has lost its code. */
    @ParameterizedTest
    @CsvSource({"412, PreconditionFailed", "412, ''", "409, ConditionalRequestConflict", "409, ''"})
    void objectThatHasChangedIsKnownByTheStatusWhereThereIsNoCode(int status, String code) {
        s3.faults().on("PutObject").first(99).then(new Fault.Fail(status, code, ""));

        assertThatThrownBy(this::put).isInstanceOf(ObjectChangedException.class);
    }

    @Test
    void otherRefusalWithoutACodeStaysOne() {
        s3.faults().on("PutObject").first(99).then(new Fault.Fail(403, "", ""));

        assertThatThrownBy(this::put).isInstanceOf(S3Exception.class);
    }

    private void put() throws IOException, ObjectChangedException {
        target.put("flights/a.parquet", Files.createFile(folder.resolve("a")), Version.NONE);
    }
}
