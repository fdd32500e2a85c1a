package io.fanin.processor.convert;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.inventory.ObjectSummary;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.Inventory;
import io.fanin.core.table.SourceDefinition;
import io.fanin.core.text.OneLine;
import io.fanin.processor.validate.Defect;
import io.fanin.processor.validate.ObjectSource;
import io.fanin.processor.validate.UnsoundObjectException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Reads the objects of one partition, several at a time, as the listing goes on: what is in memory does not grow with their
 * number.
 */
final class Reading implements AutoCloseable {

    private final SourceDefinition source;
    private final ObjectSource objects;
    private final Conversion conversion;
    private final String prefix;
    private final Iterator<ObjectSummary> listing;
    private final InventorySum inventory;
    private final int count;
    private final ExecutorService readers;
    private final List<Future<?>> running = new ArrayList<>();
    private long passedOver;
    private long folderMarkers;
    private volatile boolean ended;

    /**
     * Nothing read yet.
     *
     * @param prefix the partition's in the source, which is listed at once
     * @param count of objects that are read at a time
     */
    Reading(SourceDefinition source, ObjectSource objects, Conversion conversion, String prefix, int count) {
        this.source = source;
        this.objects = objects;
        this.conversion = conversion;
        this.prefix = prefix;
        this.inventory = new InventorySum(prefix);
        this.listing = objects.list(prefix);
        this.count = count;
        this.readers = Workers.THREADS.open(count);
    }

    /** Begins; all sound records go into the pieces. */
    void start(Pieces pieces, BadRecords badRecords) {
        for (int i = 0; i < count; i++) {
            running.add(readers.submit(() -> {
                read(pieces, badRecords);
                return null;
            }));
        }
    }

    private void read(Pieces pieces, BadRecords badRecords) throws IOException {
        try (PieceWriter writer = new PieceWriter(pieces, badRecords)) {
            for (Optional<ObjectSummary> next = next(); next.isPresent(); next = next()) {
                ObjectSummary object = next.get();
                writer.object(source.location().uriOf(object.key()));
                try (InputStream in = RawContent.open(object, objects)) {
                    conversion.read(in, writer);
                } catch (BadHeaderException e) {
                    throw new UnsoundObjectException(
                            Defect.BAD_RECORD,
                            object.key(),
                            "the header of object %s cannot be used: %s"
                                    .formatted(OneLine.of(object.key()), OneLine.beginning(e.getMessage(), 300)),
                            e);
                }
                pieces.check();
            }
            writer.finish();
        } catch (Throwable e) {
            ended = true;
            throw e;
        }
    }

    private Optional<ObjectSummary> next() {
        synchronized (listing) {
            while (!ended && listing.hasNext()) {
                ObjectSummary object = listing.next();
                if (DataObjects.isData(prefix, object)) {
                    inventory.add(object);
                    return Optional.of(object);
                }
                passedOver++;
                folderMarkers += DataObjects.isFolderMarker(object) ? 1 : 0;
            }
            return Optional.empty();
        }
    }

    /** Whether all has been read, or reading has failed; a failure is thrown, the first one. */
    boolean isDone() throws IOException {
        boolean done = true;
        for (Future<?> reader : running) {
            if (reader.isDone()) {
                Failures.get(reader);
            } else {
                done = false;
            }
        }
        return done;
    }

    /** What was read, in full when it is done. */
    Inventory inventory() {
        synchronized (listing) {
            return inventory.sum();
        }
    }

    /** Of a partition without data objects. */
    ConversionReport noData() {
        synchronized (listing) {
            boolean folderMarkers = passedOver > 0 && folderMarkersOnly();
            return new ConversionReport.NoData(
                    "%s holds no data objects%s: expected raw data; write it, or wait for it"
                            .formatted(
                                    OneLine.of(source.location().uriOf(prefix)),
                                    passedOver == 0 ? "" : ", but " + passedOver + " that readers pass over"),
                    folderMarkers);
        }
    }

    /** Then nobody has written anything yet. */
    private boolean folderMarkersOnly() {
        return folderMarkers == passedOver;
    }

    /** Ends what is still running, and waits for it. */
    @Override
    public void close() {
        ended = true;
        readers.shutdownNow();
        readers.close();
    }
}
