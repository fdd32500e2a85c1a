package io.fanin.records.tables;

import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joined tables as read by this environment of the function. All batches of one pass of a run share them, even if the
 * tables change. The next pass or run checks them again, and reads those that have changed. The first query of a pass
 * deletes tables that it does not join from the disk. Thread-safe.
 */
public final class TableCopies {

    private static final Logger LOG = LoggerFactory.getLogger(TableCopies.class);

    /** A pass that keeps nothing. */
    public static final Pass NONE = new Pass(true, Map.of());

    private Optional<OfPass> last = Optional.empty();

    private record OfPass(RunId run, int number, Pass tables) {}

    /** The tables of a pass, by its number. Tables of an earlier pass may be reused. */
    public synchronized Pass of(RunId run, int number) {
        if (last.filter(of -> of.run().equals(run) && of.number() == number).isEmpty()) {
            last = Optional.of(new OfPass(run, number, new Pass(false, ended())));
        }
        return last.orElseThrow().tables();
    }

    /** Releases all tables: for work that joins none. */
    public synchronized void evict() {
        ended().values().forEach(Kept::evict);
        last = Optional.empty();
    }

    private Map<TableName, Kept> ended() {
        return last.map(of -> of.tables().end()).orElse(Map.of());
    }

    /**
     * A table with its files.
     *
     * @param hashes of the inventories of its folders, in their order
     */
    record Copy(RegisteredTable table, List<String> hashes, List<LocalRows> parts, long bytes) {

        /** Links its files into another folder, where they stay when the table is released. */
        List<LocalRows> linked(Path folder) throws IOException {
            List<LocalRows> linked = new ArrayList<>();
            int links = 0;
            for (LocalRows part : parts) {
                List<LocalFile> files = new ArrayList<>();
                for (LocalFile file : part.files()) {
                    Path link = Files.createLink(folder.resolve("file-" + links + ".parquet"), file.path());
                    files.add(new LocalFile(link, file.what(), file.types()));
                    links++;
                }
                linked.add(new LocalRows(files, part.keys()));
            }
            return List.copyOf(linked);
        }
    }

    private record Kept(Copy copy, Scratch scratch) {

        void evict() {
            try {
                scratch.close();
            } catch (IOException e) {
                LOG.warn(
                        "table {} could not be deleted from the disk",
                        copy.table().name(),
                        e);
            }
        }
    }

    /** The tables of one pass. */
    public static final class Pass {

        private final Map<TableName, Kept> copies = new HashMap<>();

        /** The tables of the earlier pass that were not checked yet. */
        private final Map<TableName, Kept> earlier;

        private boolean over;

        /** @param over whether the pass has ended, so that nothing more is kept */
        private Pass(boolean over, Map<TableName, Kept> earlier) {
            this.over = over;
            this.earlier = new HashMap<>(earlier);
        }

        /** The function's resources, with the disk space of the tables already read added. */
        public synchronized ConversionSettings without(ConversionSettings now) {
            return now.withMoreDisk(Stream.of(copies, earlier)
                    .flatMap(all -> all.values().stream())
                    .mapToLong(kept -> kept.copy().bytes())
                    .sum());
        }

        synchronized Optional<Copy> find(TableName name) {
            return Optional.ofNullable(copies.get(name)).map(Kept::copy);
        }

        /** Releases the tables of the earlier pass that this one does not join. */
        synchronized void joinOnly(Set<TableName> names) {
            List.copyOf(earlier.keySet()).stream()
                    .filter(name -> !names.contains(name))
                    .forEach(name -> earlier.remove(name).evict());
        }

        /** The table as read by the earlier pass, if it has not changed since; otherwise its copy is released. */
        synchronized Optional<Copy> unchanged(RegisteredTable table, List<String> hashes) {
            Optional<Kept> before = Optional.ofNullable(earlier.remove(table.name()));
            Optional<Kept> same = before.filter(kept -> !over
                    && kept.copy().table().equals(table)
                    && kept.copy().hashes().equals(hashes));
            same.ifPresentOrElse(kept -> copies.put(table.name(), kept), () -> before.ifPresent(Kept::evict));
            return same.map(Kept::copy);
        }

        /**
         * Keeps a table by linking its files, whose originals may be deleted, into a sibling folder on the same disk.
         */
        synchronized void keep(Path beside, Copy copy) {
            if (over) {
                return;
            }
            try {
                Scratch own = Scratch.in(beside);
                try {
                    List<LocalRows> linked = copy.linked(own.folder());
                    copies.put(
                            copy.table().name(),
                            new Kept(new Copy(copy.table(), copy.hashes(), linked, copy.bytes()), own));
                } catch (IOException e) {
                    own.close();
                    throw e;
                }
            } catch (IOException e) {
                LOG.warn("table {} is not kept for other batches", copy.table().name(), e);
            }
        }

        private synchronized Map<TableName, Kept> end() {
            over = true;
            Map<TableName, Kept> all = new HashMap<>(earlier);
            all.putAll(copies);
            earlier.clear();
            copies.clear();
            return all;
        }
    }
}
