package io.fanin.processor;

import com.fasterxml.jackson.core.JacksonException;
import io.fanin.core.failure.Causes;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.processor.api.PartitionFailedException;
import io.fanin.processor.api.PartitionObject;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.processor.api.PartitionProcessor;
import io.fanin.processor.custom.Context;
import io.fanin.processor.custom.Processors;
import io.fanin.processor.custom.SourceObject;
import io.fanin.processor.custom.Target;
import io.fanin.processor.custom.UnknownProcessorException;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.SourceObjects;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Scratch;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.zip.ZipException;
import software.amazon.awssdk.core.exception.SdkException;

/** The processor {@code custom}: runs a {@link PartitionProcessor} from the deployment's class path. */
final class CustomWork implements PartitionWork {

    private final ResolvedSpec spec;
    private final ProcessorSpec.Custom custom;
    private final Processors processors;
    private final ProcessorServices services;
    private final Deadline deadline;
    private PartitionProcessor processor;

    CustomWork(
            ResolvedSpec spec,
            ProcessorSpec.Custom custom,
            Processors processors,
            ProcessorServices services,
            Deadline deadline) {
        this.spec = spec;
        this.custom = custom;
        this.processors = processors;
        this.services = services;
        this.deadline = deadline;
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        try {
            return make(partition);
        } catch (PartitionFailedException e) {
            return new PartitionResult.Failed(
                    partition,
                    Failure.ofPartition(e.error(), services.samples().quoting(String.valueOf(e.getMessage()))));
        } catch (UnknownProcessorException e) {
            return new PartitionResult.Failed(partition, new Failure(FailureCode.UNKNOWN_PROCESSOR, e.getMessage()));
        }
    }

    private PartitionResult make(Partition partition) throws IOException, PartitionFailedException {
        deadline.check(() -> "the partition was not begun");
        RawFolder folder = RawFolder.of(spec, services, partition);
        SourceObjects raw = folder.objects();
        if (raw.objects().isEmpty()) {
            return folder.without(raw.empty());
        }
        Target target = new Target(services.targets().apply(spec), partition.prefix());
        Inventory before = target.begin();
        try (Scratch scratch = Scratch.in(services.settings().get().temporary())) {
            PartitionOutcome outcome = outcome(new Context(
                    spec.definition(),
                    partition,
                    custom.options().map(Object::toString).orElse("{}"),
                    Context.uri(folder.location().bucket(), folder.location().prefix()),
                    raw.objects().stream()
                            .<PartitionObject>map(object -> new SourceObject(
                                    folder.source(),
                                    object,
                                    object.key()
                                            .substring(
                                                    folder.location().prefix().length())))
                            .toList(),
                    target,
                    scratch.folder(),
                    deadline));
            Inventory written = target.inventory();
            boolean isAsBefore = written.files() > 0 && !target.isWritten() && written.equals(before);
            return isAsBefore
                    ? nothingWritten(partition, "put no data into %s, and left what was there as it was")
                    : processed(partition, raw.inventory(), written, outcome);
        }
    }

    /**
     * Runs the processor, and throws the original failure even if the processor has wrapped it. Clears an interrupt
     * that the processor leaves behind, which would stop all later requests of this thread.
     */
    private PartitionOutcome outcome(Context context) throws IOException, PartitionFailedException {
        try {
            return processor().process(context);
        } catch (RuntimeException e) {
            throw Causes.of(e).stream()
                    .filter(CustomWork::isKnown)
                    .findFirst()
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        } finally {
            Thread.interrupted();
        }
    }

    /** Whether the exception names the failure itself, and so is thrown without the processor's wrapper. */
    private static boolean isKnown(Throwable cause) {
        return cause instanceof ObjectDefectException
                || cause instanceof ConversionException
                || cause instanceof SdkException;
    }

    @Override
    public boolean isOfData(IOException e) {
        return e instanceof ZipException
                || e instanceof EOFException
                || e instanceof CharacterCodingException
                || e instanceof JacksonException;
    }

    /** Created with the first partition, so that a failure to create it is recorded as that of a partition. */
    private PartitionProcessor processor() {
        if (processor == null) {
            processor = processors.named(custom.name());
        }
        return processor;
    }

    private PartitionResult processed(
            Partition partition, Inventory read, Inventory written, PartitionOutcome outcome) {
        return written.files() == 0
                ? nothingWritten(partition, "wrote no data into %s")
                : new PartitionResult.Processed(partition, read, outcome.rows())
                        .writing(written)
                        .with(outcome.parameters());
    }

    private PartitionResult nothingWritten(Partition partition, String what) {
        return new PartitionResult.Failed(
                partition,
                new Failure(
                        FailureCode.NOTHING_WRITTEN,
                        "the processor '" + custom.name() + "' " + what.formatted(partition.prefix())
                                + ": expected at least one object, or its failure"));
    }
}
