package io.fanin.detector;

import io.fanin.model.layout.Layout;
import io.fanin.model.layout.LayoutAdvice;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Recognises a table in whose folder there are prefixes, none of which fits its layout. Without this, each of its runs
 * would end as if the table were up to date.
 *
 * @param folder in which the table's partitions are searched for: its own, or its source's
 * @param layout of that folder
 * @param keys of that layout
 */
record NothingFits(ResolvedSpec spec, S3Location folder, String layout, List<PartitionKey> keys) {

    private static final int SHOWN = 3;

    /** Shortens keys, which have up to 1,024 bytes. */
    private static final int MAX_TEXT = 150;

    /**
     * The failure of a run with this detection.
     *
     * @return empty unless the whole folder was listed, contains prefixes, and none of them is a partition. A run that
     *     has work, or a table with vanished partitions, has had other prefixes before
     */
    static Optional<NothingFitsException> in(RunWork found) {
        ResolvedSpec spec = found.spec();
        DetectionCounts counts = found.report().counts();
        boolean isListedInFull =
                spec.detection().seesWholeTable() && found.report().from().isEmpty();
        boolean hasVanished = counts.changes().vanished().map(Vanished::count).orElse(0L) > 0;
        if (!isListedInFull || counts.found() > 0 || hasVanished || found.next() != NextStep.NOTHING_NEW) {
            return Optional.empty();
        }
        return UnfitNames.of(counts).flatMap(names -> of(spec).failure(names, counts));
    }

    private static NothingFits of(ResolvedSpec spec) {
        TableDefinition table = spec.definition();
        Optional<SourceDefinition> source = spec.source();
        return new NothingFits(
                spec,
                source.map(SourceDefinition::location).orElse(table.location()),
                source.map(SourceDefinition::layout).orElse(table.layout()),
                source.map(SourceDefinition::keys).orElse(table.keys()));
    }

    private Optional<NothingFitsException> failure(UnfitNames names, DetectionCounts counts) {
        List<Skip> unfit = counts.skips().sample().stream()
                .filter(skip -> skip.reason().isUnfit())
                .toList();
        List<Skip> prefixes = unfit.stream().filter(this::isBelowAPrefix).toList();
        return prefixes.isEmpty() ? Optional.empty() : Optional.of(failure(names.names(), prefixes));
    }

    /** Objects directly in the folder are no prefixes. */
    private boolean isBelowAPrefix(Skip skip) {
        return path(skip).contains("/");
    }

    private String path(Skip skip) {
        return skip.prefix().substring(folder.prefix().length());
    }

    private NothingFitsException failure(long names, List<Skip> prefixes) {
        String shown = prefixes.stream()
                .limit(SHOWN)
                .map(skip ->
                        LogSafe.beginning(path(skip), MAX_TEXT) + " (" + LogSafe.beginning(skip.why(), MAX_TEXT) + ")")
                .collect(Collectors.joining(", "));
        long more = names - Math.min(prefixes.size(), SHOWN);
        return new NothingFitsException("nothing of table " + spec.tableName()
                + " can be found: none of the names below "
                + folder + " fits " + expected() + ": " + shown + (more > 0 ? ", and " + more + " more" : "") + ". "
                + remedy(prefixes));
    }

    private String expected() {
        String shape = Layout.of(layout, keys).shape() + "/";
        return layout.equals(TableDefinition.HIVE_LAYOUT)
                ? "the layout hive, which is " + shape
                : "the layout " + layout + ", which is " + shape;
    }

    private String remedy(List<Skip> prefixes) {
        List<String> first = prefixes.stream()
                .filter(skip -> skip.reason() == SkipReason.NOT_IN_LAYOUT)
                .map(this::path)
                .filter(path -> path.indexOf('/') == path.length() - 1)
                .map(path -> path.substring(0, path.length() - 1))
                .toList();
        Optional<String> proposal = first.isEmpty() ? Optional.empty() : LayoutAdvice.proposal(layout, keys, first);
        String place = spec.source().isPresent()
                ? "in the spec's source"
                : "in the spec, or as the table's parameter " + FaninNames.LAYOUT;
        return proposal.map(other -> "If all levels are written like that, state \"layout\": \"" + other + "\" " + place
                        + "; otherwise correct layout and partitionKeys, or rename the prefixes")
                .orElse("Correct the spec's layout and partitionKeys, or rename the prefixes");
    }
}
