package io.fanin.processor.custom;

import io.fanin.model.text.LogSafe;
import io.fanin.processor.api.PartitionProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The processors on the class path: those in the function's zip and in the {@code java/lib/} of its layers.
 *
 * @param found creates new instances for each batch
 */
public record Processors(Iterable<PartitionProcessor> found) {

    /** The processors listed in {@code META-INF/services}. */
    public static Processors onTheClassPath() {
        return new Processors(ServiceLoader.load(PartitionProcessor.class, PartitionProcessor.class.getClassLoader()));
    }

    /**
     * The only processor of this name; creates all processors on the class path.
     *
     * @throws UnknownProcessorException if there is none, or more than one
     */
    public PartitionProcessor named(String name) {
        List<PartitionProcessor> all = new ArrayList<>();
        try {
            found.forEach(all::add);
        } catch (ServiceConfigurationError e) {
            throw new UnknownProcessorException(
                    "the processors on the class path cannot be made: " + LogSafe.of(String.valueOf(e.getMessage())),
                    e);
        }
        List<PartitionProcessor> named =
                all.stream().filter(one -> one.name().equals(name)).toList();
        if (named.size() != 1) {
            throw new UnknownProcessorException(
                    "%s on the class path has the name '%s', found: %s. Its jar lies in java/lib of a layer, and names its class in META-INF/services/%s"
                            .formatted(
                                    named.isEmpty() ? "no processor" : "more than one processor",
                                    LogSafe.of(name),
                                    all.stream().map(Processors::described).collect(Collectors.joining(", ", "[", "]")),
                                    PartitionProcessor.class.getName()),
                    null);
        }
        return named.getFirst();
    }

    private static String described(PartitionProcessor processor) {
        return LogSafe.of(processor.name()) + " (" + processor.getClass().getName() + ")";
    }
}
