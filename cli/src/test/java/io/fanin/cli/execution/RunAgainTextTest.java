package io.fanin.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.console.Hints;
import io.fanin.cli.console.TerminalLine;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunAgainTextTest {

    @Test
    void detectionToCopyNamesThePartitionsWhateverActsInThem() {
        String line = new RunAgainText(new Hints("fanin", "", List.of())).naming(List.of("a=\u200c"));

        assertThat(TerminalLine.of(line))
                .contains("\"detection\": {\"mode\":\"partitions\",\"partitions\":[\"a=\\u200c\"]}");
    }
}
