package io.fanin.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.core.input.StatedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.SpecException.Problem;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.text.LogSafe;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a spec without calling AWS. */
@Command(
        name = "validate",
        header = "Checks a table spec offline: errors with their JSON paths.",
        description = {"What the catalog would add to the spec is not known here, and is checked by plan."})
final class ValidateCommand extends FaninCommand {

    @Parameters(paramLabel = "SPEC", description = "table spec: a file, - for standard input, or JSON")
    private String spec;

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Answer(boolean valid, Optional<String> table, List<Problem> problems) {

        List<String> lines() {
            return valid
                    ? List.of("The spec of " + table.orElseThrow() + " is valid.")
                    : problems.stream()
                            .map(problem -> LogSafe.of(problem.path() + ": " + problem.message()))
                            .toList();
        }
    }

    @Override
    ExitCode run() {
        SpecArgument argument = fanin.spec(spec);
        Answer answer = check(argument);
        return fanin.console().answer(answer, answer::lines, answer.valid ? ExitCode.DONE : ExitCode.FAILED);
    }

    private static Answer check(SpecArgument argument) {
        try {
            TableSpec read = StatedSpec.of(argument.content())
                    .orElseThrow(() -> new CommandFailedException(
                            "this input only refers to a spec that lies elsewhere", "give the spec itself"));
            SpecReader.checkResolved(read);
            return new Answer(true, Optional.of(read.tableName().toString()), List.of());
        } catch (SpecException e) {
            return new Answer(false, Optional.empty(), e.problems());
        }
    }
}
