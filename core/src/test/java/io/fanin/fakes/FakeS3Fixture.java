package io.fanin.fakes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** A bucket in memory, with a client. */
final class FakeS3Fixture {

    final ManualClock clock = new ManualClock(Instant.parse("2013-02-08T17:00:00.123Z"));
    final FakeS3 s3 = new FakeS3(clock, new RequestLog(), new Faults()).createBucket("lake");
    final S3Client client = s3.client();

    void fill(String... keys) {
        for (String key : keys) {
            s3.put("lake", key, key);
        }
    }

    List<String> listAll(Consumer<ListObjectsV2Request.Builder> options) {
        List<String> names = new ArrayList<>();
        client.listObjectsV2Paginator(list -> options.accept(list.bucket("lake")))
                .forEach(page -> {
                    page.commonPrefixes().forEach(prefix -> names.add(prefix.prefix()));
                    page.contents().forEach(object -> names.add(object.key()));
                });
        return names;
    }
}
