package io.fanin.processor;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.client.JobArguments;
import io.fanin.model.spec.SpecException.Problem;
import io.fanin.model.spec.processor.ProcessorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finds errors of a spec whose Glue job does not exist, or does not accept its arguments. */
final class GlueJobCheck {

    private GlueJobCheck() {}

    static List<Problem> problems(ProcessorSpec.GlueJob job, GlueCatalog catalog) {
        return CatalogException.unlessRefused(
                () -> catalog.job(job.job())
                        .map(arguments -> arguments(job, arguments))
                        .orElseGet(() -> List.of(new Problem(
                                "$.processor.job",
                                "there is no Glue job '" + job.job()
                                        + "' in the stack's account and region: create it, or correct the name"))),
                refusal -> List.of(new Problem(
                        "$.processor.job",
                        refusal.getMessage()
                                + ". The stack's parameter GlueJobs names the jobs that specs may ask for")));
    }

    private static List<Problem> arguments(ProcessorSpec.GlueJob job, JobArguments arguments) {
        List<Problem> problems = new ArrayList<>();
        if (arguments.retries() > 0) {
            problems.add(new Problem(
                    "$.processor.job",
                    "Glue starts failed runs of '" + job.job() + "' again by itself (MaxRetries is "
                            + arguments.retries()
                            + "), and such a run writes the folders after the execution has given them up: set the job's"
                            + " MaxRetries to 0, and redrive executions that failed"));
        }
        for (String name : job.argumentsOrNone().keySet()) {
            String path = "$.processor.arguments." + name;
            if (arguments.fixed().contains(name)) {
                problems.add(new Problem(path, "is in the job's NonOverridableArguments, which no run changes"));
            } else if (!arguments.declared().contains(name)) {
                problems.add(new Problem(
                        path,
                        "is none of the job's own, which its DefaultArguments declare: expected one of "
                                + new TreeSet<>(arguments.declared())));
            }
        }
        return problems;
    }
}
