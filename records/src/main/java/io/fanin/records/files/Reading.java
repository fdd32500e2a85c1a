package io.fanin.records.files;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.Emptiness;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.ObjectsAhead;
import io.fanin.records.objects.RawContent;
import io.fanin.records.objects.ReadAhead;
import io.fanin.records.raw.Conversion;
import io.fanin.records.raw.RecordReader;
import io.fanin.records.raw.text.BadHeaderException;
import io.fanin.records.raw.text.EndlessRecordException;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * Reads the objects of one partition, several at a time, while the listing continues, so that memory does not grow with
 * their number.
 */
final class Reading implements AutoCloseable {

    /** Bytes of an object for which an additional thread pays off. */
    private static final long LARGE = 1 << 20;

    /** Characters of a header in a message. */
    private static final int SHOWN = 100;

    private final SourceDefinition source;
    private final ObjectsAhead objects;
    private final Conversion conversion;
    private final String prefix;
    private final Iterator<ObjectSummary> data;
    private final InventorySum inventory;
    private final int count;
    private final RowSamples samples;
    private final ExecutorService readers;
    private final ExecutorService ahead;
    private long passedOver;
    private long folderMarkers;
    private final NameMatch names;
    private volatile boolean ended;

    /** Starts listing the partition; as many objects are read at a time as the settings say. */
    Reading(
            SourceDefinition source,
            ObjectSource objects,
            Conversion conversion,
            String prefix,
            ConversionSettings settings) {
        this.source = source;
        this.objects = new ObjectsAhead(objects, Workers.THREADS);
        this.conversion = conversion;
        this.names = new NameMatch(conversion.names());
        this.prefix = prefix;
        this.inventory = new InventorySum(prefix);
        this.data = StreamSupport.stream(Spliterators.spliteratorUnknownSize(this.objects.list(prefix), 0), false)
                .filter(this::isData)
                .iterator();
        this.count = settings.readers();
        this.samples = settings.samples();
        this.readers = Workers.THREADS.open(count);
        this.ahead = Workers.THREADS.open(count);
    }

    /** Starts reading: passes all valid records, or the first failure, to the chunks. */
    void start(Chunks chunks, BadRecords badRecords) {
        AtomicInteger left = new AtomicInteger(count);
        for (int i = 0; i < count; i++) {
            readers.execute(() -> {
                try {
                    read(chunks, badRecords);
                } catch (Throwable e) {
                    // The order matters: other readers fail as soon as their records are no longer wanted.
                    chunks.fail(e);
                    ended = true;
                }
                if (left.decrementAndGet() == 0) {
                    chunks.complete();
                }
            });
        }
    }

    private void read(Chunks chunks, BadRecords badRecords) throws IOException {
        ChunkWriter writer = new ChunkWriter(chunks, badRecords, names);
        RecordReader reader = conversion.reader(writer);
        for (Optional<ObjectSummary> next = next(); next.isPresent(); next = next()) {
            ObjectSummary object = next.get();
            String uri = source.location().uriOf(object.key());
            writer.object(uri);
            try (InputStream in = open(object, chunks)) {
                reader.read(in);
            } catch (ObjectDefectException e) {
                throw e.in(source.location(), object.key());
            } catch (BadHeaderException e) {
                throw new ObjectDefectException(
                        FailureCode.BAD_RECORD,
                        "the header of object %s cannot be used: %s; it is: %s"
                                .formatted(
                                        LogSafe.of(uri),
                                        LogSafe.beginning(e.getMessage(), 300),
                                        samples.quoting("'" + LogSafe.beginning(e.line(), SHOWN) + "'")),
                        e);
            } catch (EndlessRecordException e) {
                throw ObjectDefectException.ofObject(
                        uri,
                        FailureCode.BAD_RECORD,
                        ", " + e.getMessage()
                                + ", nor how many records would be left out with it: write the object again",
                        e);
            }
            chunks.check();
        }
        writer.finish();
    }

    /**
     * Opens an object. Once all objects are assigned, a large one gets a second thread, since other readers are idle.
     */
    private InputStream open(ObjectSummary object, Chunks chunks) throws IOException {
        InputStream in = RawContent.open(object, objects, source.charset(), () -> requireWanted(chunks));
        return object.size() >= LARGE && areTaken() ? ReadAhead.of(in, ahead) : in;
    }

    /** Throws if the work has to stop. An object may take too long to decompress without yielding a record. */
    private void requireWanted(Chunks chunks) {
        chunks.check();
        if (ended) {
            throw new IllegalStateException("the records of " + LogSafe.of(prefix) + " are no longer wanted");
        }
    }

    private boolean areTaken() {
        synchronized (data) {
            return !data.hasNext();
        }
    }

    private Optional<ObjectSummary> next() {
        synchronized (data) {
            if (ended || !data.hasNext()) {
                return Optional.empty();
            }
            ObjectSummary next = data.next();
            inventory.add(next);
            return Optional.of(next);
        }
    }

    /** Whether an object has data; others are counted. */
    private boolean isData(ObjectSummary object) {
        boolean isData = DataObjects.isData(prefix, object);
        if (!isData) {
            passedOver++;
            folderMarkers += DataObjects.isFolderMarker(object) ? 1 : 0;
        }
        return isData;
    }

    /** The objects read so far. */
    Inventory inventory() {
        synchronized (data) {
            return inventory.sum();
        }
    }

    /** The names from records that were passed to the chunks. */
    UnmatchedNames names() {
        return names.names();
    }

    /** The result for a partition without data objects. */
    ConversionReport.NoData noData() {
        synchronized (data) {
            return new ConversionReport.NoData(
                    Emptiness.of(passedOver, folderMarkers),
                    "%s holds no data objects%s: expected raw data; write it, or wait for it"
                            .formatted(
                                    LogSafe.of(source.location().uriOf(prefix)),
                                    passedOver == 0 ? "" : ", but " + passedOver + " that readers pass over"));
        }
    }

    /** Stops the readers and waits for them. */
    @Override
    public void close() {
        ended = true;
        ahead.shutdownNow();
        objects.close();
        readers.shutdownNow();
        readers.close();
        ahead.close();
    }
}
