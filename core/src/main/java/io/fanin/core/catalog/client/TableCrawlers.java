package io.fanin.core.catalog.client;

import io.fanin.core.catalog.FailureKind;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CatalogTarget;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.Schedule;
import software.amazon.awssdk.services.glue.model.ScheduleState;
import software.amazon.awssdk.services.glue.model.SchemaChangePolicy;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

/**
 * Finds crawlers that work on the tables of a stack, by a few requests for all crawlers and for each of their
 * databases.
 */
public final class TableCrawlers {

    private static final int MAX_NAMED = 3;

    private final GlueClient glue;
    private final GlueCatalog catalog;
    private final Map<String, List<CatalogTable>> tables = new HashMap<>();

    public TableCrawlers(GlueClient glue, GlueCatalog catalog) {
        this.glue = glue;
        this.catalog = catalog;
    }

    /**
     * A crawler.
     *
     * @param schedule empty if it is started by hand or by a workflow, or if its schedule is stopped
     * @param stoppedSchedule the schedule that it has and that is stopped
     * @param updatesTables whether it writes a table's parameters anew ({@code UPDATE_IN_DATABASE}, its default)
     * @param deleteBehavior what it does with tables and partitions whose data is gone, in Glue's words
     * @param tables those of the tables in question on which it works
     */
    public record TableCrawler(
            String name,
            Optional<String> schedule,
            Optional<String> stoppedSchedule,
            boolean updatesTables,
            String deleteBehavior,
            List<TableName> tables) {

        /** Its schema change policy as the AWS CLI writes it, with updates of existing tables. */
        public String schemaChangePolicyWithUpdates() {
            return schemaChangePolicy(true);
        }

        /** Its schema change policy as the AWS CLI writes it, without updates of existing tables. */
        public String schemaChangePolicyWithoutUpdates() {
            return schemaChangePolicy(false);
        }

        private String schemaChangePolicy(boolean updates) {
            return "UpdateBehavior=" + (updates ? UpdateBehavior.UPDATE_IN_DATABASE : UpdateBehavior.LOG)
                    + ",DeleteBehavior=" + deleteBehavior;
        }

        /** Its effect on the tables, for people. */
        public String text() {
            String named =
                    tables.stream().limit(MAX_NAMED).map(TableName::toString).collect(Collectors.joining(", "));
            String more = tables.size() > MAX_NAMED ? " and " + (tables.size() - MAX_NAMED) + " more" : "";
            return LogSafe.of("crawler " + name + " (" + schedule.orElse("no schedule") + ", UpdateBehavior "
                    + (updatesTables ? UpdateBehavior.UPDATE_IN_DATABASE : UpdateBehavior.LOG) + ") works on " + named
                    + more
                    + (updatesTables
                            ? ": it takes fanin.* from their parameters until the next run, so set UpdateBehavior to"
                                    + " LOG, or stop it"
                            : ""));
        }
    }

    /** The crawlers of any of these tables; empty if the caller may not read crawlers. */
    public Optional<List<TableCrawler>> ifReadable(Collection<TableName> names) {
        try {
            return Optional.of(of(names));
        } catch (GlueException e) {
            if (FailureKind.of(e) == FailureKind.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<TableCrawler> of(Collection<TableName> names) {
        List<TableCrawler> found = new ArrayList<>();
        glue.getCrawlersPaginator(request -> {}).stream()
                .flatMap(page -> page.crawlers().stream())
                .forEach(crawler -> {
                    List<TableName> theirs = names.stream()
                            .filter(name -> isTarget(crawler, name))
                            .sorted(Comparator.comparing(TableName::toString))
                            .toList();
                    if (!theirs.isEmpty()) {
                        found.add(fromGlue(crawler, theirs));
                    }
                });
        return found;
    }

    private static TableCrawler fromGlue(Crawler crawler, List<TableName> tables) {
        Optional<SchemaChangePolicy> policy = Optional.ofNullable(crawler.schemaChangePolicy());
        return new TableCrawler(
                crawler.name(),
                schedule(crawler, false),
                schedule(crawler, true),
                policy.map(SchemaChangePolicy::updateBehavior).orElse(UpdateBehavior.UPDATE_IN_DATABASE)
                        == UpdateBehavior.UPDATE_IN_DATABASE,
                policy.map(SchemaChangePolicy::deleteBehaviorAsString)
                        .orElse(DeleteBehavior.DEPRECATE_IN_DATABASE.toString()),
                tables);
    }

    private static Optional<String> schedule(Crawler crawler, boolean isStopped) {
        return Optional.ofNullable(crawler.schedule())
                .filter(schedule -> (schedule.state() == ScheduleState.NOT_SCHEDULED) == isStopped)
                .map(Schedule::scheduleExpression);
    }

    private boolean isTarget(Crawler crawler, TableName name) {
        if (crawler.targets() == null) {
            return false;
        }
        boolean isNamed = crawler.targets().catalogTargets().stream().anyMatch(target -> names(target, name));
        return isNamed
                || (name.database().equalsIgnoreCase(crawler.databaseName())
                        && crawler.targets().s3Targets().stream()
                                .map(S3Target::path)
                                .anyMatch(path -> liesIn(name, folder(path))));
    }

    private static boolean names(CatalogTarget target, TableName name) {
        return name.database().equalsIgnoreCase(target.databaseName())
                && target.tables().stream().anyMatch(name.table()::equalsIgnoreCase);
    }

    private boolean liesIn(TableName name, String folder) {
        return tables.computeIfAbsent(name.database(), catalog::tables).stream()
                .filter(table -> table.name().equals(name))
                .flatMap(table -> table.location().stream())
                .map(location -> location.uri())
                .anyMatch(uri -> uri.startsWith(folder) || folder.startsWith(uri));
    }

    private static String folder(String path) {
        return path.endsWith("/") ? path : path + "/";
    }
}
