package io.fanin.core.catalog.client;

import java.util.Set;

/**
 * The arguments that a Glue job declares, and those that it fixes; and whether it repeats runs.
 *
 * @param declared names whose values a run may override: those of the job's DefaultArguments
 * @param fixed names whose values a run cannot override: those of the job's NonOverridableArguments
 * @param retries how often Glue starts a failed run again by itself
 */
public record JobArguments(Set<String> declared, Set<String> fixed, int retries) {

    public JobArguments {
        declared = Set.copyOf(declared);
        fixed = Set.copyOf(fixed);
    }
}
