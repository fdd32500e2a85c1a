package io.fanin.cli.init;

import io.fanin.model.spec.SpecException;
import io.fanin.model.text.LogSafe;
import java.util.List;
import java.util.Locale;

/**
 * A field of a spec, or a reason why the spec cannot be used, with its explanation.
 *
 * @param text one line for a person to read
 */
public record Finding(Certainty certainty, String text) {

    /** How certain a finding is. */
    public enum Certainty {
        /** It was declared, or verified. */
        CERTAIN,
        /** It agrees with everything that was read, but other interpretations are possible. */
        GUESS,
        /** A person has to decide. */
        DECIDE
    }

    private static final int MAX_TEXT = 600;

    public Finding {
        text = LogSafe.beginning(text, MAX_TEXT);
    }

    static Finding certain(String text) {
        return new Finding(Certainty.CERTAIN, text);
    }

    static Finding guess(String text) {
        return new Finding(Certainty.GUESS, text);
    }

    static Finding decide(String text) {
        return new Finding(Certainty.DECIDE, text);
    }

    /** The finding for a spec that a run would refuse. */
    static Finding refused(SpecException why) {
        return decide("a run would refuse this spec: " + why.getMessage());
    }

    /** The certainty of the least certain of them. */
    static Certainty least(List<Finding> findings) {
        return findings.stream()
                .map(Finding::certainty)
                .max(Certainty::compareTo)
                .orElse(Certainty.CERTAIN);
    }

    @Override
    public String toString() {
        return certainty.name().toLowerCase(Locale.ROOT) + ": " + text;
    }
}
