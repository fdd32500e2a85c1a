package io.fanin.tablecreator;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.PartitionVersion;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs that convert partitions, each into a version of its own, as in tests of what becomes of the other ones. */
final class MadeVersions {

    private final RunFixture fixture;
    private int runs;

    MadeVersions(RunFixture fixture) {
        this.fixture = fixture;
    }

    /**
     * A run that makes a version of each partition, and finds the other one.
     *
     * @param more fields of the table's spec
     * @param superseded the prefixes of the other versions; none if there are none
     * @return the prefixes of the versions
     */
    List<String> make(
            TableDefinition table, Map<String, Object> more, List<Partition> partitions, List<String> superseded) {
        return make(table, more, partitions, i -> superseded.isEmpty() ? List.of() : List.of(superseded.get(i)));
    }

    /** A run that makes a version of a partition, and finds these others. */
    String makeBeside(TableDefinition table, Partition partition, List<String> superseded) {
        return make(table, Map.of(), List.of(partition), i -> superseded).getFirst();
    }

    private List<String> make(
            TableDefinition table,
            Map<String, Object> more,
            List<Partition> partitions,
            IntFunction<List<String>> superseded) {
        RunId run = new RunId("run-" + ++runs);
        Pass pass = fixture.pass(run, 0, partitions);
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("source", Map.of("location", "s3://landing/raw/"));
        fields.put("processor", ProcessorSpec.Convert.DEFAULT);
        fixture.writeSpec(run, Specs.of(table.name(), fields).resolved(table));
        String folder = PartitionVersion.folder(Sha256.token(run + "/0"), 1);
        List<String> made = new ArrayList<>();
        IntStream.range(0, partitions.size()).forEach(i -> {
            Partition partition = partitions.get(i);
            List<String> names = superseded.apply(i).stream()
                    .map(other -> other.substring(partition.prefix().length()).replace("/", ""))
                    .toList();
            made.add(partition.prefix() + folder + "/");
            put(made.getLast());
            pass.result(new BatchResult(
                    i,
                    List.of(new PartitionResult.Processed(
                                    partition, new Inventory(1, 10, Optional.empty(), "raw" + runs), OptionalLong.of(1))
                            .writing(new Inventory(2, 20, Optional.empty(), "made"))
                            .in(new PartitionVersion(folder, names)))));
        });
        fixture.clock.advance(Duration.ofSeconds(1));
        pass.register();
        return made;
    }

    /** The files of a version. */
    void put(String folder) {
        fixture.aws
                .s3()
                .put("lake", folder + "part-00000.parquet", "a")
                .put("lake", folder + "part-00001.parquet", "b");
    }

    List<String> files(String folder) {
        return fixture.aws.s3().keys("lake", folder);
    }
}
