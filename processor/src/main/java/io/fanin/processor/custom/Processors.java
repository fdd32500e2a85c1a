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
     * The only processor of this name; creates all processors on the class path. One that has no name is nobody's, and
     * does not affect the others.
     *
     * @throws UnknownProcessorException if there is none, or more than one
     */
    public PartitionProcessor named(String name) {
        List<Named> all = new ArrayList<>();
        try {
            found.forEach(processor -> all.add(Named.of(processor)));
        } catch (ServiceConfigurationError e) {
            throw new UnknownProcessorException(
                    "the processors on the class path cannot be made: " + LogSafe.of(String.valueOf(e.getMessage())),
                    e);
        }
        List<Named> named = all.stream()
                .filter(one -> one.hasName() && one.text().equals(name))
                .toList();
        if (named.size() != 1) {
            throw new UnknownProcessorException(
                    "%s on the class path has the name '%s', found: %s. Its jar lies in java/lib of a layer, and names its class in META-INF/services/%s"
                            .formatted(
                                    named.isEmpty() ? "no processor" : "more than one processor",
                                    LogSafe.of(name),
                                    all.stream().map(Named::described).collect(Collectors.joining(", ", "[", "]")),
                                    PartitionProcessor.class.getName()),
                    null);
        }
        return named.getFirst().processor();
    }

    /**
     * A processor and what it says of its name.
     *
     * @param text its name, or why it has none
     */
    private record Named(PartitionProcessor processor, boolean hasName, String text) {

        static Named of(PartitionProcessor processor) {
            try {
                String name = processor.name();
                return name == null
                        ? new Named(processor, false, "no name, its name() returns null")
                        : new Named(processor, true, name);
            } catch (Exception | Error e) {
                return new Named(
                        processor,
                        false,
                        "no name, its name() fails with " + e.getClass().getSimpleName());
            }
        }

        String described() {
            return LogSafe.of(text) + " (" + processor.getClass().getName() + ")";
        }
    }
}
