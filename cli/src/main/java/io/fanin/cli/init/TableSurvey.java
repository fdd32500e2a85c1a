package io.fanin.cli.init;

import io.fanin.cli.console.Hints;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.partition.WindowRefusal;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.SpecResolution;
import io.fanin.model.layout.KeyedLayout;
import io.fanin.model.layout.ProjectedTable;
import io.fanin.model.names.StateKeys;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Proposes a spec for a table in the catalog. It sends at most three requests for the table's partitions, one for
 * single partitions of a table that has more, and a few listings, whatever the size of the table; it writes nothing.
 */
public final class TableSurvey {

    private static final String PLACEHOLDER = "-__PLACEHOLDER__";

    private final GlueCatalog catalog;
    private final FolderSampler folders;
    private final Hints hints;

    /**
     * Surveys tables of a catalog.
     *
     * @param hints suggested commands for findings
     */
    public TableSurvey(GlueCatalog catalog, S3Pages pages, Hints hints) {
        this.catalog = catalog;
        this.hints = hints;
        this.folders = new FolderSampler(pages);
    }

    /**
     * The proposal for a table.
     *
     * @throws io.fanin.core.catalog.CatalogException if Glue refuses to list its partitions
     * @throws io.fanin.core.s3.S3AccessException if its folder cannot be listed
     */
    public TableProposal of(CatalogTable listed) {
        CatalogTable table = listed.withoutProjection();
        Optional<String> whyUnusable = table.whyUnusable();
        if (whyUnusable.isPresent()) {
            return TableProposal.leftOut(listed.name(), whyUnusable.get());
        }
        try {
            Optional<TableSpec> declared = declaredSource(table);
            return declared.isPresent() ? ofSource(table) : surveyed(listed, table);
        } catch (SpecException e) {
            return TableProposal.of(
                    listed.name(), new SpecDraft(table).json(), List.of(Finding.decide(e.getMessage())));
        }
    }

    /** The spec, if the table's parameters say that its partitions are made from a source. */
    private static Optional<TableSpec> declaredSource(CatalogTable table) {
        TableSpec spec = new SpecReader().read(new SpecDraft(table).json());
        return Optional.of(SpecResolution.completed(spec, table))
                .filter(completed -> completed.source().isPresent());
    }

    private static TableProposal ofSource(CatalogTable table) {
        return TableProposal.of(
                table.name(),
                new SpecDraft(table).json(),
                List.of(Finding.certain(
                        "the table's parameters name a source, from which its partitions are made: a plan"
                                + " shows what a run would do")));
    }

    private TableProposal surveyed(CatalogTable listed, CatalogTable table) {
        S3Location own = table.location().orElseThrow();
        Optional<ProjectedTable> projected = ProjectedTable.of(listed.parameters(), table.keys(), own);
        S3Location location = projected.map(ProjectedTable::location).orElse(own);
        Optional<KeyedLayout> declared = projected
                .map(ProjectedTable::layout)
                .or(() -> table.layout().map(layout -> new KeyedLayout(layout, table.keys())))
                .filter(layout -> layout.whyNot().isEmpty());
        RegisteredSample registered = RegisteredSample.of(catalog, table);
        Optional<String> raw = registered.partitions().stream()
                .flatMap(partition -> partition.source().stream())
                .findFirst();
        if (raw.isPresent()) {
            return TableProposal.leftOut(listed.name(), whyMade(table, raw.get()));
        }
        FolderSample sample = folders.sample(
                location,
                declared.map(layout -> layout.layout().depth())
                        .<Predicate<List<String>>>map(depth -> path -> path.size() == depth)
                        .orElseGet(() -> path -> isHive(path, table.keys())));
        List<Finding> findings = new ArrayList<>();
        sample.otherFormat().ifPresent(findings::add);
        findings.addAll(sample.cutOff());
        Optional<KeyedLayout> layout = declared.isPresent()
                ? Optional.of(declared(declared.get(), projected.isPresent(), sample, findings))
                : chosen(table.keys(), sample, registered, findings);
        projected.ifPresent(projection -> {
            describe(listed, projection, location, findings);
            declared.flatMap(found -> LayoutChoice.besideProjection(found, location, registered.partitions()))
                    .ifPresent(findings::add);
        });
        if (location.prefix().endsWith(PLACEHOLDER + "/")) {
            findings.add(Finding.decide("the table's location is a placeholder of Spark's, which keeps the folder in a"
                    + " setting of its own: state the location"));
        }
        SpecDraft draft = new SpecDraft(table).at(location);
        layout.ifPresent(draft::laidOut);
        table.whyOfUnknownFormat().ifPresent(why -> findings.add(register(why, draft)));
        List<PartitionKey> projectedKeys =
                projected.map(ProjectedTable::layout).map(KeyedLayout::keys).orElse(List.of());
        layout.ifPresent(found -> {
            describeTimes(table.keys(), found, projectedKeys, findings);
            LayoutChoice.mixedTimes(found, sample.paths(FolderSampler::usual)).forEach(findings::add);
        });
        layout.flatMap(found -> readWhole(found, registered)).ifPresent(findings::add);
        Optional<FirstRun> firstRun = layout.flatMap(found -> firstRun(draft, found, sample, registered, findings));
        TableProposal proposal = TableProposal.of(table.name(), draft.json(), findings);
        return firstRun.map(proposal::with).orElse(proposal);
    }

    /**
     * The reason why a table made from raw data gets no proposal: a spec for its folder alone would register existing
     * partitions, but make none.
     */
    private String whyMade(CatalogTable table, String raw) {
        String copy = PublishedParameters.run(table.parameters())
                .flatMap(S3Location::find)
                .flatMap(folder -> StateKeys.findRun(folder.prefix())
                        .map(run -> "; the last run's copy is s3://" + folder.bucket() + "/"
                                + StateKeys.run(run).spec()))
                .orElse("");
        return "table " + table.name() + " is made from raw data, such as " + raw
                + ", as its partitions say: it has a spec with a source already. " + hints.command("tables")
                + " names it, if it is stored in"
                + " the stack's folder of specs" + copy;
    }

    /**
     * Whether a path has Hive's form: one folder {@code key=value} for each key. Other layouts may have more levels
     * than keys.
     */
    private static boolean isHive(List<String> path, List<PartitionKey> keys) {
        return path.size() == keys.size() && path.stream().allMatch(name -> name.contains("="));
    }

    private static KeyedLayout declared(
            KeyedLayout layout, boolean isProjected, FolderSample sample, List<Finding> findings) {
        findings.add(Finding.certain("layout " + layout.name() + ": the table's parameters "
                + (isProjected ? "for partition projection say so" : "say so")));
        return LayoutChoice.timed(layout, sample.paths(FolderSampler::usual));
    }

    private static Optional<KeyedLayout> chosen(
            List<PartitionKey> keys, FolderSample sample, RegisteredSample registered, List<Finding> findings) {
        LayoutChoice choice = LayoutChoice.of(keys, sample, registered.partitions());
        findings.addAll(choice.findings());
        return choice.layout();
    }

    private void describe(CatalogTable listed, ProjectedTable projection, S3Location location, List<Finding> findings) {
        if (!listed.location().equals(Optional.of(location))) {
            findings.add(Finding.certain("location " + location + ": storage.location.template begins with it"));
        }
        findings.add(
                listed.isRegisteredBesideProjection()
                        ? Finding.certain("partitions are registered beside projection, as the table's parameters say:"
                                + " Athena ignores them until projection.enabled is false")
                        : Finding.decide(
                                "with projection.enabled=true Athena ignores registered partitions, and runs"
                                        + " refuse the table: "
                                        + hints.command("init", listed.name().toString(), "--cut-over")
                                        + " says how to replace projection without a gap; or keep projection, and leave this table out"));
        projection.problems().forEach(problem -> findings.add(Finding.decide(problem)));
    }

    private static Finding register(String why, SpecDraft draft) {
        draft.registering();
        return Finding.certain("processor register, which reads nothing: " + why);
    }

    private static void describeTimes(
            List<PartitionKey> given, KeyedLayout layout, List<PartitionKey> projected, List<Finding> findings) {
        for (int i = 0; i < given.size(); i++) {
            PartitionKey key = layout.keys().get(i);
            if (!key.equals(given.get(i))) {
                String text = "key " + key.name()
                        + key.format()
                                .map(format -> " is a time in the format " + format)
                                .orElse(" is not a time");
                String seen = key.format().isPresent()
                        ? ": so are all its values that were seen"
                        : ": not all its values that were seen are, or a later key tells it more finely";
                findings.add(
                        projected.contains(key)
                                ? Finding.certain(text + ": its projection says so")
                                : Finding.guess(text + seen));
            }
        }
    }

    /**
     * A finding if each run has to read all of the table's registered partitions. This costs requests, but needs no
     * decision.
     */
    private static Optional<Finding> readWhole(KeyedLayout layout, RegisteredSample registered) {
        List<PartitionValues> values = registered.partitions().stream()
                .map(RegisteredPartition::values)
                .toList();
        return WindowRefusal.of(layout.keys(), values)
                .map(why -> Finding.certain("catalog: " + why + ": each run of list reads all of the table's registered"
                        + " partitions, one request after the other for 1,000 each"));
    }

    private Optional<FirstRun> firstRun(
            SpecDraft draft,
            KeyedLayout layout,
            FolderSample sample,
            RegisteredSample registered,
            List<Finding> findings) {
        try {
            ResolvedSpec spec = draft.resolved();
            TableDefinition definition = spec.definition();
            PartitionCounts counts = PartitionCounts.of(sample, layout);
            counts.unfitFinding(definition.location()).ifPresent(findings::add);
            RegisteredSample.Comparison compared = registered.compared(counts, sample, definition.keys());
            long elsewhere = compared.elsewhere().count();
            if (elsewhere > 0) {
                findings.add(Finding.guess(compared.elsewhere()
                        + (elsewhere == 1 ? " registered partition lies" : " registered partitions lie")
                        + " outside the table's folder: runs do not look there, and leave them as they are"));
            }
            return Optional.of(FirstRun.of(counts, compared, spec.processor()));
        } catch (SpecException e) {
            findings.add(Finding.refused(e));
            return Optional.empty();
        }
    }
}
