package io.fanin.processor;

import static io.fanin.processor.CustomWorkFixture.assertFailed;

import io.fanin.model.run.PartitionResult;
import io.fanin.processor.api.PartitionContext;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.processor.api.PartitionProcessor;
import io.fanin.processor.custom.Processors;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A custom processor is found on the class path by its name. */
class CustomProcessorLookupTest {

    @AutoClose
    private final CustomWorkFixture fixture = new CustomWorkFixture();

    @Test
    void unknownNameIsRefusedWithTheKnownNames() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.processors.add(new CustomWorkFixture.Own("yours", partition -> PartitionOutcome.ofRows(1)));

        assertFailed(
                fixture.process(),
                "UnknownProcessor",
                "no processor on the class path has the name 'mine', found: [yours ("
                        + CustomWorkFixture.Own.class.getName() + ")]");
    }

    @Test
    void nameThatTwoHaveIsRefused() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> PartitionOutcome.ofRows(1));
        fixture.own(partition -> PartitionOutcome.ofRows(2));

        assertFailed(
                fixture.process(), "UnknownProcessor", "more than one processor on the class path has the name 'mine'");
    }

    @Test
    void processorThatCannotBeMadeIsNamed() throws IOException {
        fixture.raw("a.txt", "abc");

        PartitionResult result = fixture.process(new Processors(() -> failing(List.of())));

        assertFailed(
                result,
                "UnknownProcessor",
                "found: [], and that cannot be made: [java.util.ServiceConfigurationError: com.example.Mine not found]");
    }

    @Test
    void processorThatCannotBeMadeLeavesTheOthersAlone() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> PartitionOutcome.ofRows(1));

        PartitionResult result = fixture.process(new Processors(() -> failing(fixture.processors)));

        assertFailed(result, "NothingWritten", "the processor 'mine' wrote no data");
    }

    @Test
    void classPathThatCannotBeReadHasNoEnd() throws IOException {
        fixture.raw("a.txt", "abc");

        PartitionResult result = fixture.process(new Processors(() -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new NoClassDefFoundError("com/example/Base");
            }

            @Override
            public PartitionProcessor next() {
                throw new NoSuchElementException();
            }
        }));

        assertFailed(result, "UnknownProcessor", "java.lang.NoClassDefFoundError: com/example/Base");
    }

    /** Processors of which the first cannot be created. */
    private static Iterator<PartitionProcessor> failing(List<PartitionProcessor> others) {
        Iterator<PartitionProcessor> rest = others.iterator();
        return new Iterator<>() {
            private boolean hasFailed;

            @Override
            public boolean hasNext() {
                return !hasFailed || rest.hasNext();
            }

            @Override
            public PartitionProcessor next() {
                if (!hasFailed) {
                    hasFailed = true;
                    throw new ServiceConfigurationError("com.example.Mine not found");
                }
                return rest.next();
            }
        };
    }

    @Test
    void processorsWithoutNamesLeaveTheOthersAlone() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.processors.add(new CustomWorkFixture.Own(null, partition -> PartitionOutcome.ofRows(1)));
        fixture.processors.add(new Nameless());
        fixture.own(partition -> PartitionOutcome.ofRows(1));

        assertFailed(fixture.process(), "NothingWritten", "the processor 'mine' wrote no data");
    }

    @Test
    void processorWithoutNameIsListedByItsClass() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.processors.add(new CustomWorkFixture.Own(null, partition -> PartitionOutcome.ofRows(1)));
        fixture.processors.add(new Nameless());

        PartitionResult result = fixture.process();

        assertFailed(
                result,
                "UnknownProcessor",
                "found: [no name, its name() returns null (" + CustomWorkFixture.Own.class.getName()
                        + "), no name, its name() fails with IllegalStateException (" + Nameless.class.getName()
                        + ")]");
    }

    /** A processor whose {@code name()} fails. */
    private static final class Nameless implements PartitionProcessor {

        @Override
        public String name() {
            throw new IllegalStateException("no configuration");
        }

        @Override
        public PartitionOutcome process(PartitionContext partition) {
            return PartitionOutcome.ofRows(1);
        }
    }
}
