package io.fanin.core.spec;

import io.fanin.core.spec.SpecException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The combinations that the processor {@code glue-job} may not have. */
final class GlueJobRules {

    /** Glue takes other names, but the stack's permissions name jobs in a list that commas part. */
    private static final Pattern JOB =
            Pattern.compile("[^\\s,*?:/\\p{Cntrl}]([^,*?:/\\p{Cntrl}]{0,253}[^\\s,*?:/\\p{Cntrl}])?");

    private static final String ARGUMENT = "--";

    /** Arguments of ours. */
    private static final String OURS = "--fanin";

    /** All of a batch has to fit into the 256 KiB of a state, at up to 3 KiB for keys and values of a partition. */
    private static final int MOST_PARTITIONS = 50;

    private GlueJobRules() {}

    static List<Problem> problems(TableSpec spec, ProcessorSpec.GlueJob job) {
        List<Problem> problems = new ArrayList<>(ValidateRules.problems(spec, job.validation()));
        if (!JOB.matcher(job.job()).matches()) {
            problems.add(new Problem(
                    "$.processor.job",
                    "expected the name of a Glue job, 1 to 255 characters without commas, colons, slashes and wildcards,"
                            + " found '" + job.job() + "'"));
        }
        job.argumentsOrNone().keySet().forEach(name -> checkArgument(name, problems));
        job.partitionsPerRun()
                .filter(partitions -> partitions < 1 || partitions > MOST_PARTITIONS)
                .ifPresent(partitions -> problems.add(new Problem(
                        "$.processor.partitionsPerRun", "expected 1 to " + MOST_PARTITIONS + ", found " + partitions)));
        return problems;
    }

    private static void checkArgument(String name, List<Problem> problems) {
        String path = "$.processor.arguments." + name;
        if (!name.startsWith(ARGUMENT) || name.length() == ARGUMENT.length()) {
            problems.add(new Problem(path, "expected a name that begins with --, such as --mode"));
        } else if (name.startsWith(OURS)) {
            problems.add(new Problem(path, "names that begin with " + OURS + " are taken"));
        }
    }
}
