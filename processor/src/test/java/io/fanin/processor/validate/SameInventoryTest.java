package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.JSON;
import static io.fanin.processor.validate.Checked.PREFIX;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.inventory.Inventories;
import io.fanin.core.inventory.Marker;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.FakeS3;
import io.fanin.records.objects.S3ObjectSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A partition counts as changed when its inventory differs, so both sides have to compute the same one. */
class SameInventoryTest {

    private final FakeS3 s3 = new FakeS3().createBucket("lake");

    @Test
    void listingAloneGivesTheInventoryOfTheValidation() {
        List<String> names = List.of(
                "a.json",
                "",
                "_SUCCESS",
                ".a.json.crc",
                "deeper_$folder$",
                "deeper/b.json",
                "deeper/_c.json",
                "a+b c%2F.json",
                "caf\u00e9 \ud83d\ude00.json");
        names.forEach(name -> s3.put("lake", PREFIX + name, name.endsWith(".json") ? "{}\n" : ""));

        PartitionReport.Sound validated =
                sound(partition(JSON, new S3ObjectSource(new BucketReader(s3.client(), "lake"))));

        assertThat(new Inventories(new S3Pages(s3.client()))
                        .inspect("lake", Map.of(PREFIX, Long.MAX_VALUE), Marker.NONE)
                        .get(PREFIX)
                        .inventory())
                .contains(validated.inventory());
        assertThat(validated.inventory().files()).isEqualTo(4);
    }
}
