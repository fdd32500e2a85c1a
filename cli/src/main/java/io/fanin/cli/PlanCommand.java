package io.fanin.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.Outcome;
import io.fanin.cli.execution.Outcome.Result;
import io.fanin.cli.execution.PlanText;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.model.cost.MonthlyCost;
import io.fanin.model.names.StateKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the plan of a dry run. */
@Command(
        name = "plan",
        header = "Shows what a run would do: which partitions and why, what is skipped, and what it costs.",
        description = {
            "It starts an execution that ends after detection; nothing is written but " + StateKeys.PLAN
                    + " in its run folder."
        })
final class PlanCommand extends FaninCommand {

    @Parameters(paramLabel = "SPEC", description = RunCommand.SPEC)
    private String spec;

    @Mixin
    private MonthOptions month;

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Answer(@JsonUnwrapped Plan plan, Optional<MonthlyCost> month) {}

    @Override
    ExitCode run() {
        month.requireEffect();
        Function<Deployment, SpecArgument> input = fanin.specOrTable(spec);
        ExecutionFollower followed = ExecutionFollower.by(fanin);
        Outcome outcome = followed.run(input.apply(followed.deployment()).dryRun());
        Optional<Plan> plan = outcome.result() == Result.PLANNED
                ? followed.deployment().run(new RunId(outcome.execution())).plan()
                : Optional.empty();
        if (plan.isEmpty()) {
            return followed.answer(outcome);
        }
        Optional<MonthlyCost> cost = month.ofTable(followed.deployment().tableSeries());
        List<String> lines = new ArrayList<>(PlanText.lines(plan.get()));
        cost.map(MonthOptions::lines).ifPresent(lines::addAll);
        return followed.answer(outcome, new Answer(plan.get(), cost), lines);
    }
}
