package io.fanin.statemachine.simulation;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.processor.convert.PartitionMaker;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.publish.Uploads;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.SourceObjects;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a version without DuckDB, which is slow: a {@link VersionFile} for each raw object. They are published like
 * real ones.
 */
record SimulatedConversion(ObjectSource raw, VersionTarget target) implements PartitionMaker {

    @Override
    public ConversionReport make(Partition partition, String from, Consumer<Path> quarantine, RowRules check)
            throws IOException {
        try (Scratch scratch = new Scratch(Files.createTempDirectory("version"));
                Uploads uploads = target.uploads(partition.prefix(), Deadline.NONE)) {
            SourceObjects objects = SourceObjects.of(raw, from);
            if (objects.objects().isEmpty()) {
                return new ConversionReport.NoData(objects.empty(), from + " holds no data objects");
            }
            String hash = objects.inventory().hash();
            String version = uploads.version().folder();
            List<String> texts = new ArrayList<>();
            for (ObjectSummary object : objects.objects()) {
                texts.add(sound(object));
            }
            for (int i = 0; i < texts.size(); i++) {
                VersionFile made = new VersionFile(hash, version, i, texts.size(), texts.get(i));
                uploads.add(Files.writeString(scratch.folder().resolve("part-" + i), made.text()));
            }
            uploads.await();
            return new ConversionReport.Converted(
                    objects.inventory(), uploads.publish(), uploads.version(), texts.size(), 0, UnmatchedNames.NONE);
        }
    }

    private String sound(ObjectSummary object) throws IOException {
        try (InputStream body = raw.open(object)) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (!LakeObjects.isSound(text)) {
                throw new ConversionException(FailureCode.BAD_RECORDS, object.key() + " holds a bad record");
            }
            return text;
        }
    }

    @Override
    public void close() {}
}
