package io.fanin.core.catalog.client;

import java.util.Set;

/**
 * The arguments that a Glue job declares, and those that it fixes.
 *
 * @param declared names that a run may give other values: those of the job's DefaultArguments
 * @param fixed names whose values no run changes: those of its NonOverridableArguments
 */
public record JobArguments(Set<String> declared, Set<String> fixed) {

    public JobArguments {
        declared = Set.copyOf(declared);
        fixed = Set.copyOf(fixed);
    }
}
