package io.fanin.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.FakeS3;
import io.fanin.model.table.S3Location;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FirstObjectsTest {

    private static final int FOLDERS = 4;

    private final FakeS3 s3 = new FakeS3().createBucket("lake");
    private final FirstObjects objects = new FirstObjects(new S3Pages(s3.client()));

    @Test
    void foldersAreAskedForAtTheSameTimeAndOnce() {
        List<S3Location> folders = IntStream.range(0, FOLDERS)
                .mapToObj(i -> new S3Location("lake", "flights/hour=" + i + "/"))
                .toList();
        folders.forEach(folder -> s3.put("lake", folder.prefix() + "a.csv", "1"));
        Phaser together = new Phaser(FOLDERS);
        s3.faults().on("ListObjectsV2").first(FOLDERS).thenRun(together::arriveAndAwaitAdvance);

        List<Optional<String>> found = Workers.THREADS.each(FOLDERS, folders, objects::of);

        assertThat(found.stream().flatMap(Optional::stream))
                .containsExactlyElementsOf(
                        folders.stream().map(folder -> folder.uri() + "a.csv").toList());
        assertThat(Stream.concat(folders.stream(), folders.stream()).allMatch(objects::isIn))
                .isTrue();
        assertThat(s3.log().count()).isEqualTo(FOLDERS);
    }
}
