package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rule for partitions registered by other tools: none counts as verified before a run has looked at it. */
final class VerifiedOracle {

    private final ObservedState observed;

    VerifiedOracle(ObservedState observed) {
        this.observed = observed;
    }

    /**
     * A run has registered a partition.
     *
     * @param before the partition before; null if there was none
     */
    void registered(JsonNode before) {
        if (before != null
                && CatalogView.run(before).isEmpty()
                && observed.world().verify() > 0) {
            observed.world().trace().count(FaultKind.OLD_PARTITION_VERIFIED);
        }
    }

    /** @param last the undisturbed run; empty if the table was found to need none */
    void requireCounted(Optional<SimulatedExecution> last) {
        last.ifPresent(run -> observed.require(
                run.status() == SimulatedExecution.Status.SUCCEEDED, "verifying failed: " + run.failure()));
        Set<List<String>> left = unverified();
        JsonNode count = observed.files().record().path("unverified");
        long counted = count.at("/old/verifiable").asLong()
                + count.at("/old/elsewhere").asLong()
                + count.at("/recent/verifiable").asLong()
                + count.at("/recent/elsewhere").asLong();
        observed.require(counted == left.size(), counted + " are counted as unverified, and " + left + " are");
        String published = observed.catalog().parameters().getOrDefault("fanin.unverified", "0");
        observed.require(
                published.equals(String.valueOf(left.size())),
                "the table says that " + published + " are unverified, and " + left + " are");
    }

    void requireVerified() {
        Set<List<String>> left = unverified();
        observed.require(left.isEmpty(), left + " were never verified");
    }

    private Set<List<String>> unverified() {
        Set<List<String>> looked = new HashSet<>(observed.waived());
        looked.addAll(observed.outstanding());
        return observed.catalog().partitions().entrySet().stream()
                .filter(partition -> CatalogView.run(partition.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .filter(values -> !looked.contains(values))
                .collect(Collectors.toSet());
    }
}
