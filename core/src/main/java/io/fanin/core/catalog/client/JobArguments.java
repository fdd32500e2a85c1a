package io.fanin.core.catalog.client;

import java.util.Set;

/**
 * The arguments that a Glue job declares, and those that it fixes.
 *
 * @param declared names whose values a run may override: those of the job's DefaultArguments
 * @param fixed names whose values a run cannot override: those of the job's NonOverridableArguments
 */
public record JobArguments(Set<String> declared, Set<String> fixed) {

    public JobArguments {
        declared = Set.copyOf(declared);
        fixed = Set.copyOf(fixed);
    }
}
