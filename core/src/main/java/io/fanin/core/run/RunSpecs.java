package io.fanin.core.run;

import io.fanin.core.spec.TableSpec;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The specs of runs, which never change: that of the last run is kept, so that an environment reads it once. Thread-safe. */
public final class RunSpecs {

    private final AtomicReference<Optional<Kept>> last = new AtomicReference<>(Optional.empty());

    private record Kept(RunId run, TableSpec spec) {}

    /**
     * The spec of a run that exists.
     *
     * @throws RunFolderException when it is gone
     */
    public TableSpec of(RunFolder folder) {
        Optional<TableSpec> known =
                last.get().filter(kept -> kept.run().equals(folder.run())).map(Kept::spec);
        if (known.isPresent()) {
            return known.get();
        }
        TableSpec spec = folder.spec();
        last.set(Optional.of(new Kept(folder.run(), spec)));
        return spec;
    }
}
