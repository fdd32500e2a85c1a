package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Fault;
import io.fanin.model.run.PartitionResult;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S3 denies a conversion access, by a role, a bucket policy or a key: each retry would be denied, too. */
class RefusedAccessTest extends BatchTest {

    private static final String S3_SAYS =
            "User: arn:aws:sts::111122223333:assumed-role/processor is not authorized to perform: "
                    + "kms:GenerateDataKey on the resource associated with this ciphertext";

    @BeforeEach
    void convertThreeHours() {
        fixture.writeSpec("parquet", "{\"name\": \"id\", \"type\": \"bigint\"}", """
                "source": {"location": "s3://landing/flights/", "format": "json", "layout": "hive",
                           "partitionKeys": [{"name": "hour", "type": "int"}]},
                "processor": {"type": "convert"}""");
        for (int hour = 0; hour < 3; hour++) {
            fixture.s3.put("landing", BatchFixture.prefix(hour) + "a.json", "{\"id\":1}\n");
        }
    }

    @Test
    void writeThatIsRefusedFailsItsPartitionWithWhatS3Says() throws IOException {
        fixture.s3
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains(BatchFixture.prefix(1)))
                .then(new Fault.Fail(403, "AccessDenied", S3_SAYS));

        List<PartitionResult> results = fixture.process(3);

        assertThat(results.get(0)).isInstanceOf(PartitionResult.Processed.class);
        assertFailed(results.get(1), "AccessDenied", "kms:GenerateDataKey");
        assertThat(results.get(2)).isInstanceOf(PartitionResult.Processed.class);
        assertThat(fixture.waits).as("it is not tried again").isEmpty();
    }

    /** S3's answer before the body of a long object, and one that is not a 403. */
    @ParameterizedTest
    @CsvSource({
        "403, '', '', S3 gave no reason: its role may lack s3:GetObject or s3:PutObject",
        "400, KMS.DisabledException, key is disabled, key is disabled"
    })
    void refusalIsOneOfAccessWhateverItsForm(int status, String code, String message, String told) throws IOException {
        fixture.s3
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains(BatchFixture.prefix(1)))
                .then(new Fault.Fail(status, code, message));

        List<PartitionResult> results = fixture.process(3);

        assertFailed(results.get(1), "AccessDenied", told);
    }
}
