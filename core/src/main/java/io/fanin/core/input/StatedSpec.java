package io.fanin.core.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import java.util.Optional;

/** Checks the spec in the input of an execution by itself, as far as that is possible without S3 and the catalog. */
public final class StatedSpec {

    private StatedSpec() {}

    /**
     * The spec; empty if the input only refers to one that lies elsewhere.
     *
     * @throws SpecException if it is not valid
     */
    public static Optional<TableSpec> of(JsonNode input) {
        if (input.path("spec").isTextual()) {
            return Optional.empty();
        }
        ExecutionInput read = ExecutionInput.read(input, uri -> {
            throw new IllegalStateException("the spec is in the input, and not at " + uri);
        });
        if (!(read instanceof ExecutionInput.OfSpec given)) {
            return Optional.empty();
        }
        if (isComplete(given.spec())) {
            SpecReader.checkResolved(given.spec());
        }
        return Optional.of(given.spec());
    }

    /** Whether the spec states everything that the catalog could add. */
    private static boolean isComplete(TableSpec spec) {
        return spec.location().isPresent()
                && spec.format().isPresent()
                && spec.columns().isPresent()
                && spec.partitionKeys().isPresent();
    }
}
