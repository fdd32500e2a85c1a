package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the archive of classes is made from. */
class TrainingRunTest {

    @Test
    void statusIsAskedOfEveryService() throws IOException {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            TrainingRun.main(new String[0]);
        } finally {
            System.setOut(out);
            List.of("aws.accessKeyId", "aws.secretAccessKey").forEach(System::clearProperty);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "Usage: fanin",
                        "The spec of a.b is valid.",
                        "Last run: r, which waits to be redriven",
                        "Report of pass 0: 0 registered, 1 failed, 1 outstanding.",
                        "\"status\" : \"HELD\"");
    }
}
