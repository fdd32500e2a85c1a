package io.fanin.processor.custom;

import io.fanin.model.text.LogSafe;
import io.fanin.processor.api.PartitionProcessor;
import java.util.ArrayList;
import java.util.Iterator;
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

    /** The maximum number of failures while looking for processors: an iterator that fails may do so forever. */
    private static final int MAX_BROKEN = 20;

    /** The processors listed in {@code META-INF/services}. */
    public static Processors onTheClassPath() {
        return new Processors(ServiceLoader.load(PartitionProcessor.class, PartitionProcessor.class.getClassLoader()));
    }

    /**
     * The only processor of this name. Creates all processors on the class path, and ignores those that cannot be
     * created or have no name.
     *
     * @throws UnknownProcessorException if there is none, or more than one
     */
    public PartitionProcessor named(String name) {
        List<Named> all = new ArrayList<>();
        List<Throwable> broken = new ArrayList<>();
        Iterator<PartitionProcessor> each = found.iterator();
        boolean isOver = false;
        while (!isOver && broken.size() < MAX_BROKEN) {
            try {
                isOver = !each.hasNext();
                if (!isOver) {
                    all.add(Named.of(each.next()));
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(e);
            }
        }
        List<Named> named = all.stream()
                .filter(one -> one.hasName() && one.text().equals(name))
                .toList();
        if (named.size() != 1) {
            throw new UnknownProcessorException(
                    "%s on the class path has the name '%s', found: %s%s. Its jar lies in java/lib of a layer, and names its class in META-INF/services/%s"
                            .formatted(
                                    named.isEmpty() ? "no processor" : "more than one processor",
                                    LogSafe.of(name),
                                    all.stream().map(Named::described).collect(Collectors.joining(", ", "[", "]")),
                                    broken.isEmpty() ? "" : ", and that cannot be made: " + described(broken),
                                    PartitionProcessor.class.getName()),
                    broken.isEmpty() ? null : broken.getFirst());
        }
        return named.getFirst().processor();
    }

    private static String described(List<Throwable> broken) {
        return broken.stream().map(one -> LogSafe.of(one.toString())).collect(Collectors.joining(", ", "[", "]"));
    }

    /**
     * A processor and its name.
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
