package io.fanin.detector;

import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxContent;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.store.ObjectStore;
import io.fanin.fakes.FakeAws;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The inboxes of tables, filled by events and emptied by runs. */
final class InboxFixture {

    /** More than three days before the executions of the fixtures were started. */
    static final Instant LONG_BEFORE = Instant.parse("2026-11-17T08:00:00Z");

    private final FakeAws aws;
    private final Inbox inbox;

    InboxFixture(FakeAws aws, ObjectStore state) {
        this.aws = aws;
        this.inbox = new Inbox(state, Workers.CALLER);
    }

    /** An entry of the flights that names these prefixes, and comes after those that are there. */
    void tell(Instant received, String... prefixes) {
        tell(received, Optional.empty(), prefixes);
    }

    /** The same of prefixes of a bucket, which entries of an earlier version do not name. */
    void tell(Instant received, Optional<String> bucket, String... prefixes) {
        inbox.put(new InboxEntry(
                DetectorFixture.FLIGHTS,
                Optional.of("s3://config/flights.json"),
                received.plusMillis(keys().size()),
                bucket,
                Stream.of(prefixes)
                        .map(prefix -> DetectorFixture.partition(prefix, "as", "told"))
                        .toList()));
    }

    List<InboxContent.Delivered> of(TableName table) {
        return inbox.of(table).entries();
    }

    /** The keys of the entries of all tables. */
    List<String> keys() {
        return aws.s3().keys("state", "inbox/");
    }

    /** The prefixes that each entry of the flights names. */
    List<List<String>> prefixes() {
        return of(DetectorFixture.FLIGHTS).stream()
                .map(delivered -> delivered.entry().partitions().stream()
                        .map(Partition::prefix)
                        .toList())
                .toList();
    }

    /** The keys of the entries that a run has taken over. */
    static Optional<List<String>> takenBy(RunFolder run) {
        return run.detection().flatMap(DetectionFiles::takenEntries).map(TakenEntries::keys);
    }
}
