package io.fanin.tablecreator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation page of the order of a pass lists the steps in the order of their execution. */
class OrderOfAPassTest {

    private static final Path PAGE = Path.of("..", "docs", "design", "order-of-a-pass.md");

    /** A row of the table of steps: a number and the work, a step's name or nothing, the state after a crash in it. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) [^|]+ \\| (?:`(\\w+)` )?\\| [^|]+ \\|$");

    @Test
    void pageNamesTheStepsInTheirOrder() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        List<String> steps = new ArrayList<>(List.of("1 null", "2 null"));
        for (PassExecutor.Step step : PassExecutor.STEPS) {
            steps.add(steps.size() + 1 + " " + step.name());
        }
        steps.add(steps.size() + 1 + " null");
        assertThat(rows).isEqualTo(steps);
    }
}
