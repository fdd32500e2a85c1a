package io.fanin.records.tables;

import io.fanin.core.run.RunId;
import io.fanin.core.table.TableName;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joined tables as this environment of the function has read them. All batches of one pass of a run share them, even if
 * the tables change; the next pass or run reads them again. Thread-safe.
 */
public final class TableCopies {

    private static final Logger LOG = LoggerFactory.getLogger(TableCopies.class);

    /** Keeps nothing. */
    public static final Pass NONE = new Pass(true);

    private Optional<OfPass> last = Optional.empty();

    private record OfPass(RunId run, int number, Pass tables) {}

    /** The tables of a pass, by its number; those of another pass are released. */
    public synchronized Pass of(RunId run, int number) {
        if (last.filter(of -> of.run().equals(run) && of.number() == number).isEmpty()) {
            last.ifPresent(of -> of.tables().letGo());
            last = Optional.of(new OfPass(run, number, new Pass(false)));
        }
        return last.orElseThrow().tables();
    }

    /** A table with its files. */
    record Copy(RegisteredTable table, List<LocalRows> parts, long bytes) {}

    /** The tables of one pass. */
    public static final class Pass {

        private final Map<TableName, Copy> copies = new HashMap<>();
        private Optional<Scratch> scratch = Optional.empty();
        private boolean over;

        /** @param over whether the pass has ended, so that nothing more is kept */
        private Pass(boolean over) {
            this.over = over;
        }

        /** What the function has, were the tables not on its disk already: they take their room there as if they came now. */
        public synchronized ConversionSettings without(ConversionSettings now) {
            return now.withMoreDisk(
                    copies.values().stream().mapToLong(Copy::bytes).sum());
        }

        synchronized Optional<Copy> find(TableName name) {
            return Optional.ofNullable(copies.get(name));
        }

        /**
         * Keeps a table by linking its files, whose originals may be deleted, into a folder beside on the same disk.
         */
        synchronized void keep(Path beside, Copy copy) {
            if (over) {
                return;
            }
            try {
                if (scratch.isEmpty()) {
                    scratch = Optional.of(Scratch.in(beside));
                }
                Path own = scratch.get().folder().resolve("table-" + copies.size());
                copies.put(
                        copy.table().name(),
                        new Copy(copy.table(), linked(copy, Files.createDirectory(own)), copy.bytes()));
            } catch (IOException e) {
                LOG.warn("table {} is not kept for other batches", copy.table().name(), e);
            }
        }

        /** Links a table's files into another folder, where they stay when the table is released. */
        static List<LocalRows> linked(Copy copy, Path folder) throws IOException {
            List<LocalRows> parts = new ArrayList<>();
            int links = 0;
            for (LocalRows part : copy.parts()) {
                List<LocalFile> files = new ArrayList<>();
                for (LocalFile file : part.files()) {
                    Path link = Files.createLink(folder.resolve("file-" + links + ".parquet"), file.path());
                    files.add(new LocalFile(link, file.types()));
                    links++;
                }
                parts.add(new LocalRows(files, part.keys()));
            }
            return List.copyOf(parts);
        }

        private synchronized void letGo() {
            over = true;
            copies.clear();
            try {
                if (scratch.isPresent()) {
                    scratch.get().close();
                }
            } catch (IOException e) {
                LOG.warn("the tables of an earlier pass could not be deleted from the disk", e);
            }
        }
    }
}
