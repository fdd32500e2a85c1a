package io.fanin.detector.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.LastResults;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.core.history.TableHistories;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.run.RunId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables for which S3 events wait, and of which a run of all tables has said something. */
class WaitingTablesTest extends TablesDetection {

    /** It was told that none of them is run. */
    @Test
    void tableThatARunOfAllTablesLeftOutForItsSecondSpecIsNotRun() throws JsonProcessingException {
        specAt("a/t7.json", "t7", "");
        specAt("b/t7.json", "t7", "");
        spec("t9", "");
        detect("night", "{}");
        noteLeftOut("night");
        waits("t7", at("a/t7.json"), 0);
        waits("t9", at("t9.json"), 0);

        TablesAnswer answer = detect("events", ONLY_EVENTS);

        assertThat(specs(answer)).containsExactly("s3://lake/specs/t9.json");
        assertThat(leftOut(answer))
                .containsExactly("s3://lake/specs/a/t7.json SEVERAL_SPECS", "s3://lake/specs/b/t7.json SEVERAL_SPECS");

        fixture.aws.s3().delete("lake", "specs/b/t7.json");

        assertThat(specs(detect("mended", ONLY_EVENTS))).hasSize(2);
    }

    /** As the end of a run of all tables does. */
    private void noteLeftOut(String run) {
        List<SkippedTable> leftOut = new AllTablesFolder(fixture.state, new RunId(run))
                .selection()
                .orElseThrow()
                .leftOut();
        new TableHistories(fixture.state)
                .updateLastResults(before -> before.after(new LastResults.Ended(
                        AllTablesReport.of(new RunId(run), "arn:x", List.of(), leftOut), Instant.EPOCH, true)));
    }
}
