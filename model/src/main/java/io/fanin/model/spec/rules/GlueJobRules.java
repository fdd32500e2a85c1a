package io.fanin.model.spec.rules;

import io.fanin.model.spec.ProcessorSpec;
import io.fanin.model.spec.TableSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The combinations that the processor {@code glue-job} may not have. */
final class GlueJobRules {

    /** Glue takes other names, but the stack's permissions name jobs in a list that commas part. */
    private static final Pattern JOB =
            Pattern.compile("[^\\s,*?:/\\p{Cntrl}]([^,*?:/\\p{Cntrl}]{0,253}[^\\s,*?:/\\p{Cntrl}])?");

    private static final Pattern ARGUMENT = Pattern.compile("--[A-Za-z][A-Za-z0-9_-]*");

    /** Arguments of ours. */
    private static final String OURS = "--fanin";

    /**
     * How the arguments begin by which Glue itself sets a run up, without dashes and in lower case: "Job parameter reference"
     * of the AWS Glue Developer Guide, and what its library takes from a run (getResolvedOptions). Runs win over the job with
     * them: they would load other code, or let it do more.
     */
    private static final List<String> RESERVED = List.of("""
            additionalpythonmodules autoscale class conf continuation continuouslog customerdriverenv
            customerexecutorenv datalakeformats debug disable enable encryptiontype endpoint executor extra
            job libraryset mode pip python redshifttempdir scriptlocation securityconfiguration spark
            tempdir usepostgresdriver userjarsfirst workflow writeshuffle""".split("\\s", -1));

    /** All of a batch has to fit into the 256 KiB of a state, at up to 3 KiB for keys and values of a partition. */
    private static final int MOST_PARTITIONS = 50;

    private GlueJobRules() {}

    static void check(TableSpec spec, ProcessorSpec.GlueJob job, Problems problems) {
        ValidateRules.check(spec, job.validation(), problems);
        if (!JOB.matcher(job.job()).matches()) {
            problems.add(
                    "$.processor.job",
                    "expected the name of a Glue job, 1 to 255 characters without commas, colons, slashes and wildcards,"
                            + " found '" + job.job() + "'");
        }
        job.argumentsOrNone()
                .forEach((name, value) -> argumentProblem(name, value)
                        .ifPresent(why -> problems.add("$.processor.arguments." + name, why)));
        problems.requireWithin("$.processor.partitionsPerRun", 1, MOST_PARTITIONS, job.partitionsPerRun());
    }

    private static Optional<String> argumentProblem(String name, String value) {
        if (!ARGUMENT.matcher(name).matches()) {
            return Optional.of("expected a name of letters, digits, '_' and '-' that begins with --, such as --scope");
        }
        if (name.startsWith(OURS)) {
            return Optional.of("names that begin with " + OURS + " are taken");
        }
        String plain = name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
        if (RESERVED.stream().anyMatch(plain::startsWith)) {
            return Optional.of(
                    "is a name by which Glue sets a job up: set it in the job, or give the job's own argument"
                            + " another name");
        }
        return value.startsWith("--")
                ? Optional.of("expected a value that does not begin with --, which would be read as a name")
                : Optional.empty();
    }
}
