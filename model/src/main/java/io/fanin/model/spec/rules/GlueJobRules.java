package io.fanin.model.spec.rules;

import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for the processor {@code glue-job}. */
final class GlueJobRules {

    /** Glue allows other names, but the stack's permissions list jobs separated by commas. */
    private static final Pattern JOB =
            Pattern.compile("[^\\s,*?:/\\p{Cntrl}]([^,*?:/\\p{Cntrl}]{0,253}[^\\s,*?:/\\p{Cntrl}])?");

    private static final Pattern ARGUMENT = Pattern.compile("--[A-Za-z][A-Za-z0-9_-]*");

    /** The prefix of this project's own arguments, in any letter case. */
    private static final String OURS = "--fanin";

    /**
     * The options that Glue's {@code getResolvedOptions} reads from the arguments of each run: it takes the beginning
     * of one, if the script asks for none of that name, for the option (Python's argparse, which tells cases apart).
     */
    private static final List<String> ABBREVIATED = List.of("""
            --fanin_batch --job-bookmark-option --job-bookmark-from --job-bookmark-to --continuation-option --JOB_NAME
            --JOB_ID --JOB_RUN_ID --SECURITY_CONFIGURATION --encryption-type --RedshiftTempDir --TempDir""".split("\\s+", -1));

    /**
     * The beginnings of the arguments with which Glue itself configures a run, without dashes and in lower case: "Job
     * parameter reference" of the AWS Glue Developer Guide, and the options that its library reads from a run
     * (getResolvedOptions). Arguments of a run override those of the job: they could load other code, or extend its
     * permissions.
     */
    private static final List<String> RESERVED = List.of("""
            additionalpythonmodules autoscale class conf continuation continuouslog customerdriverenv
            customerexecutorenv datalakeformats debug disable enable encryptiontype endpoint executor extra
            job libraryset mode pip python redshifttempdir scriptlocation securityconfiguration spark
            tempdir usepostgresdriver userjarsfirst workflow writeshuffle""".split("\\s", -1));

    /** A batch has to fit into the 256 KiB of a state, at up to 3 KiB for the keys and values of a partition. */
    private static final int MAX_PARTITIONS = 50;

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
        problems.requireWithin("$.processor.partitionsPerRun", 1, MAX_PARTITIONS, job.partitionsPerRun());
    }

    private static Optional<String> argumentProblem(String name, String value) {
        if (!ARGUMENT.matcher(name).matches()) {
            return Optional.of("expected a name of letters, digits, '_' and '-' that begins with --, such as --scope");
        }
        if (name.toLowerCase(Locale.ROOT).startsWith(OURS)) {
            return Optional.of("names that begin with " + OURS + " are taken");
        }
        String plain = name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
        if (RESERVED.stream().anyMatch(plain::startsWith)) {
            return Optional.of(
                    "is a name by which Glue sets a job up: set it in the job, or give the job's own argument"
                            + " another name");
        }
        Optional<String> whole =
                ABBREVIATED.stream().filter(one -> one.startsWith(name)).findFirst();
        if (whole.isPresent()) {
            return Optional.of("is the beginning of " + whole.get()
                    + ", for which Glue's getResolvedOptions takes it: give the job's own argument another name");
        }
        return value.startsWith("--")
                ? Optional.of("expected a value that does not begin with --, which would be read as a name")
                : Optional.empty();
    }
}
