package io.fanin.cli.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.init.values.RawValues;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.SpecResolution;
import io.fanin.model.layout.KeyGuess;
import io.fanin.model.layout.KeyedLayout;
import io.fanin.model.partition.Periods;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.S3Location;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.scratch.Scratch;
import io.fanin.records.sniff.FileSniffer;
import io.fanin.records.sniff.FileSniffer.Sniffed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Proposes a spec for raw data that no table describes, from a few listings and the beginnings of files in its oldest
 * and newest partition. It writes nothing to AWS.
 */
public final class RawSurvey {

    private static final int BEGINNING = 1 << 20;
    private static final int MAX_PARQUET = 64 << 20;

    private final FolderSampler folders;
    private final Function<String, BucketReader> buckets;
    private final Path temporary;

    /** @param temporary the folder for the beginnings of files */
    public RawSurvey(S3Pages pages, Function<String, BucketReader> buckets, Path temporary) {
        this.folders = new FolderSampler(pages);
        this.buckets = buckets;
        this.temporary = temporary;
    }

    /** The proposal for the data below a folder. */
    public TableProposal of(S3Location root) throws IOException {
        FolderSample sample = folders.sample(root, path -> false);
        List<List<String>> paths = sample.paths(FolderSampler::usual);
        Optional<KeyGuess> guess = paths.isEmpty() ? Optional.empty() : KeyGuess.of(paths);
        if (guess.isEmpty()) {
            return TableProposal.leftOut(
                    RawSpec.name(root),
                    sample.isEmpty()
                            ? "nothing lies below " + root
                            : "no folders below " + root
                                    + " tell partitions apart: name the folder that contains them");
        }
        int skipped = guess.get().above().size();
        S3Location location = skipped == 0
                ? root
                : new S3Location(
                        root.bucket(),
                        root.prefix() + String.join("/", guess.get().above()) + "/");
        FolderSample below = below(sample, location, skipped);
        List<List<String>> pathsBelow = below.paths(FolderSampler::usual);
        KeyedLayout layout = LayoutChoice.timed(guess.get().layout(), pathsBelow);
        List<Finding> findings = new ArrayList<>();
        sample.otherFormat().ifPresent(findings::add);
        findings.addAll(sample.cutOff());
        findings.add(
                guess.get().isNamed()
                        ? Finding.certain("layout hive: the folders tell the names of the keys")
                        : Finding.guess(
                                "layout " + layout.name() + ": its keys have no names in S3, so these are made up"));
        layout.keys().stream()
                .flatMap(key -> key
                        .format()
                        .map(format -> Finding.guess("key " + key.name() + " is a time in the format " + format
                                + ": so are all its values that were seen"))
                        .stream())
                .forEach(findings::add);
        if (new Periods(layout.keys())
                .unit()
                .filter(unit -> unit.compareTo(ChronoUnit.DAYS) < 0)
                .isPresent()) {
            findings.add(Finding.decide(
                    "the hours in the folders are taken for UTC: if they are local time, state timeZone, such as"
                            + " Europe/Berlin"));
        }
        IntervalGuess.of(layout, pathsBelow).ifPresent(findings::add);
        RawSample files = RawSample.of(sniffed(sample), layout.keys());
        findings.addAll(files.findings());
        return files.form().isEmpty()
                ? TableProposal.leftOut(RawSpec.name(location), unreadable(location, files))
                : proposal(new RawSpec(location, layout, files.form().get(), files.columns()), below, findings);
    }

    private static String unreadable(S3Location location, RawSample files) {
        return files.findings().stream()
                .findFirst()
                .map(Finding::text)
                .orElse("no data was found in the oldest and the newest folder below " + location);
    }

    /** The part of a sample below the folders that all its paths share. */
    private static FolderSample below(FolderSample sample, S3Location location, int skipped) {
        return new FolderSample(
                location,
                sample.folders().stream()
                        .filter(folder -> folder.path().size() >= skipped)
                        .map(folder -> folder.below(skipped))
                        .toList());
    }

    private TableProposal proposal(RawSpec spec, FolderSample sample, List<Finding> findings) {
        findings.addAll(spec.findings());
        JsonNode json = spec.json();
        try {
            ResolvedSpec resolved = SpecResolution.resolveNew(new SpecReader().read(json));
            PartitionCounts counts = PartitionCounts.of(sample, spec.layout());
            counts.unfitFinding(spec.location()).ifPresent(findings::add);
            RegisteredSample.Comparison nothing =
                    new RegisteredSample.Comparison(counts.found(), Amount.NONE, Amount.NONE, Amount.NONE);
            return TableProposal.of(spec.table(), json, findings)
                    .with(FirstRun.of(counts, nothing, resolved.processor()));
        } catch (SpecException e) {
            findings.add(Finding.refused(e));
            return TableProposal.of(spec.table(), json, findings);
        }
    }

    /** The first and the last file of each of the deepest folders. */
    private List<RawSample.Sampled> sniffed(FolderSample sample) throws IOException {
        Set<ObjectSummary> objects = new LinkedHashSet<>();
        sample.folders().stream()
                .filter(folder -> folder.path().size() == sample.depth()
                        && !folder.objects().isEmpty())
                .forEach(folder -> {
                    objects.add(folder.objects().getFirst());
                    objects.add(folder.objects().getLast());
                });
        BucketReader bucket = buckets.apply(sample.root().bucket());
        List<RawSample.Sampled> sniffed = new ArrayList<>();
        try (Scratch scratch = Scratch.in(temporary);
                FileSniffer sniffer = FileSniffer.open(scratch.folder())) {
            RawValues values = new RawValues(sniffer.database());
            for (ObjectSummary object : objects) {
                if (object.size() > 0) {
                    String name = object.key().substring(sample.root().prefix().length());
                    sniffed.add(sampled(name, sniffer, values, bucket, object));
                }
            }
        }
        return sniffed;
    }

    private static RawSample.Sampled sampled(
            String name, FileSniffer sniffer, RawValues values, BucketReader bucket, ObjectSummary object)
            throws IOException {
        byte[] beginning = bucket.beginning(object.key(), BEGINNING);
        boolean isWhole = object.size() <= beginning.length;
        if (FileSniffer.isParquet(beginning) && !isWhole) {
            return RawSample.Sampled.of(name, parquet(sniffer, bucket, object));
        }
        return switch (sniffer.sniff(beginning, isWhole)) {
            case Sniffed.RawFile file -> kept(name, values, file, beginning, isWhole);
            case Sniffed.Unreadable unreadable -> RawSample.Sampled.of(name, unreadable);
        };
    }

    private static RawSample.Sampled kept(
            String name, RawValues values, Sniffed.RawFile file, byte[] beginning, boolean isWhole) throws IOException {
        try {
            return RawSample.Sampled.of(name, values.keptBy(file, beginning, isWhole));
        } catch (DuckDbException e) {
            return RawSample.Sampled.of(
                    name, new Sniffed.Unreadable("DuckDB cannot read its values: " + e.getMessage()));
        }
    }

    private static Sniffed parquet(FileSniffer sniffer, BucketReader bucket, ObjectSummary object) throws IOException {
        return object.size() <= MAX_PARQUET
                ? sniffer.sniff(bucket.beginning(object.key(), (int) object.size()), true)
                : new Sniffed.Unreadable("it is Parquet of " + (object.size() >> 20)
                        + " MiB, more than is copied here (" + (MAX_PARQUET >> 20) + " MiB)");
    }
}
