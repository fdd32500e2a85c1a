package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.OnPartial;
import io.fanin.processor.job.JobStart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Choices know exactly what the Lambdas can answer. */
class ChoicesTest {

    private final Workflow workflow = Definition.committed().workflow();
    private final Workflow jobs = workflow.inner("Fan out over Glue jobs");

    @Test
    void nextStateCoversAllAnswersOfDetectorAndGate() {
        Map<String, String> targets = new LinkedHashMap<>();
        choices("Anything to process?").forEach(choice -> {
            assertThat(choice.path("Variable").textValue()).isEqualTo("$.next");
            targets.put(
                    choice.path("StringEquals").textValue(), choice.path("Next").textValue());
        });

        assertThat(targets)
                .containsOnlyKeys(
                        Stream.of(NextStep.values()).map(NextStep::name).toList())
                .containsEntry(NextStep.CHECK.name(), "Check processing")
                .containsEntry(NextStep.CHECK_PLAN.name(), "Check processing")
                .containsEntry(NextStep.PROCESS.name(), "Fan out over partitions")
                .containsEntry(NextStep.PROCESS_BY_JOB.name(), "Fan out over Glue jobs")
                .containsEntry(NextStep.REGISTER.name(), "Create table")
                .containsEntry(NextStep.NOTHING_NEW.name(), "Nothing new")
                .containsEntry(NextStep.PARTIAL.name(), "Partially valid")
                .containsEntry(NextStep.BUSY.name(), "Table is busy")
                .containsEntry(NextStep.PLANNED.name(), "Planned");
    }

    /** The check's answer replaces that of the detector or the gate, so that the same Choice follows. */
    @Test
    void theCheckSaysWhereTheRunGoesNow() {
        JsonNode check = workflow.state("Check processing");

        assertThat(check.get("ResultPath").textValue()).isEqualTo("$.next");
        assertThat(check.get("Next").textValue()).isEqualTo("Anything to process?");
        assertThat(check.get("Parameters").toString())
                .isEqualTo("{\"action\":\"check\",\"run.$\":\"$.run\",\"next.$\":\"$.next\","
                        + "\"readable\":\"ReadableBuckets\"}");
    }

    @Test
    void theEndCoversAllAnswersOfTheTableCreator() {
        assertThat(tableChoices())
                .containsExactly(
                        Map.of("$.status", TableStatus.COMPLETE.name(), "Next", "Complete"),
                        Map.of(
                                "$.status", TableStatus.PARTIAL.name(),
                                "$.onPartial", OnPartial.SUCCEED.label(),
                                "Next", "Partially valid"),
                        Map.of("$.status", TableStatus.PARTIAL.name(), "Next", "Hold until redriven"));
        assertThat(TableStatus.values()).hasSize(2);
    }

    @Test
    void aBatchWithoutRawDataNeedsNoJobRun() {
        Map<String, String> targets = new LinkedHashMap<>();
        jobs.state("Anything for the job?").get("Choices").forEach(choice -> {
            assertThat(choice.path("Variable").textValue()).isEqualTo("$.glue.next");
            targets.put(
                    choice.path("StringEquals").textValue(), choice.path("Next").textValue());
        });

        assertThat(targets)
                .containsOnly(
                        Map.entry(JobStart.Decision.RUN.name(), "Run Glue job"),
                        Map.entry(JobStart.Decision.NOTHING.name(), "Validate what the job wrote"));
        assertThat(JobStart.Decision.values()).hasSize(2);
    }

    @Test
    void aRunOfAllTablesGoesWhereTheDetectorSays() {
        Map<String, String> targets = new LinkedHashMap<>();
        Definition.ofAllTables()
                .workflow()
                .state("Any tables?")
                .get("Choices")
                .forEach(choice -> targets.put(
                        choice.path("StringEquals").textValue(),
                        choice.path("Next").textValue()));

        assertThat(targets.keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.of(TablesAnswer.Next.values())
                        .map(TablesAnswer.Next::name)
                        .toList());
        assertThat(targets)
                .containsEntry(TablesAnswer.Next.RUN.name(), "Fan out over tables")
                .containsEntry(TablesAnswer.Next.SUM_UP.name(), "Sum up");
    }

    /** An unexpected answer has to be an error. */
    @Test
    void noChoiceHasADefault() {
        workflow.all()
                .forEach(one -> assertThat(one.ofType("Choice"))
                        .allSatisfy((name, choice) ->
                                assertThat(choice.has("Default")).as(name).isFalse()));
    }

    private List<Map<String, String>> tableChoices() {
        List<Map<String, String>> rules = new ArrayList<>();
        choices("Table complete?").forEach(choice -> {
            Map<String, String> rule = new LinkedHashMap<>();
            conditions(choice)
                    .forEach(condition -> rule.put(
                            condition.get("Variable").textValue(),
                            condition.get("StringEquals").textValue()));
            rule.put("Next", choice.get("Next").textValue());
            rules.add(rule);
        });
        return rules;
    }

    private static Iterable<JsonNode> conditions(JsonNode choice) {
        return choice.has("And") ? choice.get("And") : List.of(choice);
    }

    private JsonNode choices(String state) {
        return workflow.state(state).get("Choices");
    }
}
