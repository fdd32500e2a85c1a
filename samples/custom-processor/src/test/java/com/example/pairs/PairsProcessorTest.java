package com.example.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.processor.api.PartitionContext;
import io.fanin.processor.api.PartitionFailedException;
import io.fanin.processor.api.PartitionObject;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.processor.api.PartitionProcessor;
import io.fanin.processor.api.TableColumn;
import io.fanin.processor.api.TargetFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsProcessorTest {

    @TempDir
    private Path scratch;

    private final Map<String, String> written = new TreeMap<>();

    @Test
    void itsJarNamesIt() {
        assertThat(ServiceLoader.load(PartitionProcessor.class)).hasExactlyElementsOfTypes(PairsProcessor.class);
    }

    @Test
    void pairsBecomeTheTablesColumns() throws IOException, PartitionFailedException {
        PartitionOutcome outcome = process("carrier=UA delay=3 other=x\ndelay=\"-1\\\"\n");

        assertThat(outcome).isEqualTo(PartitionOutcome.ofRows(2));
        assertThat(written)
                .isEqualTo(Map.of(
                        "part-0.json", "{\"carrier\":\"UA\",\"delay\":\"3\"}\n{\"delay\":\"\\\"-1\\\\\\\"\"}\n"));
    }

    @Test
    void controlCharactersAreEscaped() throws IOException, PartitionFailedException {
        process("carrier=a\u0000b\u001bc delay=3\n");

        assertThat(written).isEqualTo(Map.of("part-0.json", "{\"carrier\":\"a\\u0000b\\u001bc\",\"delay\":\"3\"}\n"));
    }

    @Test
    void lineWithoutPairsFailsThePartitionWithItsPlace() {
        assertThatThrownBy(() -> process("carrier=UA\nbroken\n"))
                .isInstanceOfSatisfying(
                        PartitionFailedException.class,
                        e -> assertThat(e.error()).isEqualTo("BadRecord"))
                .hasMessage("a.log, line 2: expected pairs such as carrier=UA, found 'broken'");
        assertThat(written).isEmpty();
    }

    private PartitionOutcome process(String log) throws IOException, PartitionFailedException {
        return new PairsProcessor().process(new OneLog(log));
    }

    /** A partition whose raw data is one object. */
    private final class OneLog implements PartitionContext {

        private final byte[] log;

        OneLog(String log) {
            this.log = log.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public SequencedMap<String, String> values() {
            return new LinkedHashMap<>(Map.of("dt", "2013-02-08"));
        }

        @Override
        public List<TableColumn> columns() {
            return List.of(new TableColumn("carrier", "string"), new TableColumn("delay", "string"));
        }

        @Override
        public String options() {
            return "{}";
        }

        @Override
        public URI sourceUri() {
            return URI.create("s3://landing/logs/2013/02/08/");
        }

        @Override
        public URI targetUri() {
            return URI.create("s3://lake/logs/dt=2013-02-08/");
        }

        @Override
        public List<PartitionObject> source() {
            return List.of(new PartitionObject() {
                @Override
                public String name() {
                    return "a.log";
                }

                @Override
                public long size() {
                    return log.length;
                }

                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(log);
                }
            });
        }

        @Override
        public TargetFolder target() {
            return new TargetFolder() {
                @Override
                public List<String> list() {
                    return List.copyOf(written.keySet());
                }

                @Override
                public void put(String name, Path file) throws IOException {
                    written.put(name, Files.readString(file));
                }

                @Override
                public void delete(String name) {
                    written.remove(name);
                }
            };
        }

        @Override
        public Path scratch() {
            return scratch;
        }

        @Override
        public Duration remaining() {
            return Duration.ofMinutes(1);
        }
    }
}
