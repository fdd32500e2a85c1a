package io.fanin.detector.source;

import io.fanin.model.layout.Layout;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import java.util.Optional;

/**
 * Reads partition values from folders in a table's location, by its layout.
 *
 * @param forms the spellings of the same partition
 */
public record FolderValues(S3Location location, Layout layout, EquivalentValues forms) {

    public static FolderValues of(TableDefinition table) {
        return new FolderValues(table.location(), Layout.of(table), new EquivalentValues(table.keys()));
    }

    /** The values, in the form by which they are compared; empty if the layout has no such folder. */
    public Optional<PartitionValues> at(S3Location folder) {
        if (!location.holds(folder)) {
            return Optional.empty();
        }
        return layout.valuesOf(folder.prefix().substring(location.prefix().length()))
                .map(forms::canonical);
    }

    /** Whether these are the values, in any spelling. */
    public boolean areAt(S3Location folder, PartitionValues values) {
        return at(folder).equals(Optional.of(forms.canonical(values)));
    }
}
