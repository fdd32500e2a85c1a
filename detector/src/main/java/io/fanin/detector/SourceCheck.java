package io.fanin.detector;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import java.util.Optional;

/**
 * Checks the spec's source against the raw data from which the table was last made, which Glue does not record: a run
 * whose spec has neither source nor processor would search the table's own folder, where nothing is ever new.
 */
record SourceCheck(ObjectStore state) {

    /**
     * Requires a spec to have the source from which the table was made; takes one request if the record has no basis.
     *
     * @param resolved the same spec, of a table that exists in Glue
     * @param record the table's
     * @throws SpecException if the table was made from raw data elsewhere
     */
    void requireSourceStated(TableSpec given, ResolvedSpec resolved, TableRecord record) {
        if (given.source().isPresent() || given.processor().isPresent()) {
            return;
        }
        String folder = resolved.definition().location().uri();
        source(record, folder).ifPresent(source -> {
            throw SpecException.at(
                    "$.source",
                    "is missing, and " + given.tableName() + " was last made from raw data, in " + source
                            + ": give the spec with its source and processor, or \"processor\": {\"type\": \"validate\"}"
                            + " to look at the table's own folder (" + folder + ")");
        });
    }

    /**
     * The source from which the table in this folder was last made; empty if its data was not converted, or if that is
     * unknown.
     */
    private Optional<String> source(TableRecord record, String folder) {
        Optional<ProgressScope> known = record.progress().basis().or(() -> lastSeen(record));
        return known.isPresent()
                ? known.filter(basis -> basis.location().equals(folder)).flatMap(ProgressScope::source)
                : failed(record);
    }

    /**
     * The subject of the run that changed the record last, for records without a basis: those of tables whose keys are
     * not times, or that no run has scanned as a whole. Empty if the run's folder has expired.
     */
    private Optional<ProgressScope> lastSeen(TableRecord record) {
        return record.changedBy()
                .flatMap(run -> new RunFolder(state, run).findSpec())
                .map(spec -> ProgressScope.of(spec, Optional.empty()));
    }

    private static Optional<String> failed(TableRecord record) {
        return record.outstanding().stream()
                .map(OutstandingFailure::partition)
                .flatMap(partition -> partition.source().stream())
                .findFirst()
                .map(prefix -> prefix + " of another folder");
    }
}
