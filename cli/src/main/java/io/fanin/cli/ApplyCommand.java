package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.aws.RefusedCredentials;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.cli.table.TableSpecs;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SpecResolution;
import io.fanin.core.tables.TableFilter;
import io.fanin.model.json.Json;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.HttpStatusCode;

/** Stores specs in the stack's folder of specs. */
@Command(
        name = "apply",
        header = "Checks table specs, and stores them where runs of all tables find them.",
        description = {
            "Each becomes DATABASE/TABLE.json under the stack's SpecsLocation. If one is refused, none is stored."
        })
final class ApplyCommand extends FaninCommand {

    @Parameters(paramLabel = "SPEC", arity = "1..*", description = "table specs: files, - for standard input, or JSON")
    private List<String> specs;

    @Option(
            names = "--disabled",
            description = "stores them with \"enabled\": false: runs of all tables leave them out")
    private boolean disabled;

    /** The specs that were stored, each with its URI. */
    private record Applied(Map<TableName, String> specs) {}

    @Override
    ExitCode run() {
        Map<TableName, SpecArgument> given = new LinkedHashMap<>();
        for (String spec : specs) {
            SpecArgument argument = disabled ? fanin.spec(spec).disabled() : fanin.spec(spec);
            TableName table = table(spec, argument);
            if (given.put(table, argument) != null) {
                throw new CommandFailedException("table " + table + " has several of the specs", "give one of them");
            }
        }
        Deployment deployment = fanin.deployment();
        S3Location folder = deployment
                .specsLocation()
                .orElseThrow(() -> new CommandFailedException(
                        "the stack has no folder of specs",
                        "deploy it with SpecBuckets=BUCKET and SpecsLocation=s3://BUCKET/specs/"));
        List<Known> known = Known.of(deployment.directory().find(TableFilter.ALL));
        Map<TableName, String> applied = new LinkedHashMap<>();
        given.keySet().forEach(table -> {
            String uri = folder.uriOf(TableSpecs.key(folder, table));
            requireOnly(table, uri, known);
            requireOwn(table, uri, known);
            applied.put(table, uri);
        });
        given.forEach((table, spec) -> warnIfRefused(table, spec, deployment));
        S3ObjectStore bucket = new S3ObjectStore(deployment.clients().s3(), folder.bucket());
        Map<TableName, String> stored = new LinkedHashMap<>();
        given.forEach((table, spec) -> {
            store(bucket, TableSpecs.key(folder, table), spec, stored);
            stored.put(table, applied.get(table));
        });
        return fanin.console()
                .answer(
                        new Applied(applied),
                        () -> applied.entrySet().stream()
                                .map(entry -> entry.getKey() + ": " + entry.getValue())
                                .toList(),
                        ExitCode.DONE);
    }

    /** Stores a spec. S3's own answer to a denied request may name neither the object nor the permission. */
    private static void store(S3ObjectStore bucket, String key, SpecArgument spec, Map<TableName, String> stored) {
        try {
            bucket.put(key, Json.text(spec.content()));
        } catch (AwsServiceException e) {
            String others = stored.isEmpty() ? "" : "; stored are " + String.join(", ", stored.values());
            String what = bucket.uriOf(key) + " was not stored: " + e.getMessage() + others;
            throw e.statusCode() == HttpStatusCode.FORBIDDEN
                            && RefusedCredentials.find(e).isEmpty()
                    ? new CommandFailedException(
                            what, "you need s3:PutObject there, in another account by the bucket's own policy, too", e)
                    : new CommandFailedException(what, e);
        }
    }

    private static TableName table(String given, SpecArgument argument) {
        try {
            return new SpecReader().read(argument.content()).tableName();
        } catch (SpecException e) {
            throw new CommandFailedException(given + ": " + e.getMessage(), e);
        }
    }

    /**
     * Warns if the stack would refuse the spec. It is stored nevertheless, since the stack or the catalog may be
     * changed later.
     */
    private void warnIfRefused(TableName table, SpecArgument given, Deployment deployment) {
        try {
            TableSpec spec = new SpecReader().read(given.content());
            ResolvedSpec resolved = deployment
                    .catalog()
                    .table(table)
                    .map(known -> SpecResolution.resolve(spec, known))
                    .orElseGet(() -> SpecResolution.resolveNew(spec));
            deployment.buckets().requireAllowed(resolved);
        } catch (SpecException e) {
            fanin.console()
                    .warn(table + ": its runs are refused until the spec, the stack or the catalog is changed: "
                            + e.getMessage());
        }
    }

    /** A spec that the stack knows, whether its table is run or left out. */
    private record Known(TableName table, String uri) {

        static List<Known> of(KnownTables known) {
            return Stream.concat(
                            known.tables().stream()
                                    .flatMap(one -> one.specUri().stream().map(uri -> new Known(one.name(), uri))),
                            known.leftOut().stream()
                                    .filter(one -> one.what().startsWith("s3://"))
                                    .flatMap(one -> one.table().stream().map(table -> new Known(table, one.what()))))
                    .toList();
        }
    }

    /**
     * Requires that the object does not hold another table's spec, which no run would find any more: object names are
     * free.
     */
    private static void requireOwn(TableName table, String uri, List<Known> known) {
        known.stream()
                .filter(one -> one.uri().equals(uri) && !one.table().equals(table))
                .findFirst()
                .ifPresent(other -> {
                    throw new CommandFailedException(
                            uri + ", where the spec of " + table + " would be stored, is that of " + other.table(),
                            "move that one first, such as to another name in the folder");
                });
    }

    /** Requires that the table has no other spec: tables with two specs are not run. */
    private static void requireOnly(TableName table, String uri, List<Known> known) {
        known.stream()
                .filter(one -> one.table().equals(table) && !one.uri().equals(uri))
                .findFirst()
                .ifPresent(other -> {
                    throw new CommandFailedException(
                            "table " + table + " has a spec already, " + other.uri(),
                            "change that one, or delete it first");
                });
    }
}
