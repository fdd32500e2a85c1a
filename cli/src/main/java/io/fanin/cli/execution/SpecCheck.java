package io.fanin.cli.execution;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.core.input.ExecutionInput;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import java.util.Optional;

/** Checks a spec by itself, as far as that is possible without the catalog, before an execution is started for it. */
public final class SpecCheck {

    private SpecCheck() {}

    /** The input refers to a spec that lies elsewhere. */
    private static final class ElsewhereException extends RuntimeException {}

    /**
     * The valid spec in the input of an execution; empty if the input only refers to one that lies elsewhere.
     *
     * @throws SpecException if it is not valid
     */
    public static Optional<TableSpec> valid(SpecArgument input) {
        try {
            ExecutionInput read = ExecutionInput.read(input.content(), uri -> {
                throw new ElsewhereException();
            });
            if (!(read instanceof ExecutionInput.OfSpec given)) {
                return Optional.empty();
            }
            SpecReader.checkResolved(given.spec());
            return Optional.of(given.spec());
        } catch (ElsewhereException e) {
            return Optional.empty();
        }
    }

    /** The input, unless it is known that no execution can run with it. */
    public static SpecArgument required(SpecArgument input) {
        try {
            valid(input);
            return input;
        } catch (SpecException e) {
            throw new CommandFailedException(e.getMessage(), "correct the spec; nothing was started", e);
        }
    }
}
