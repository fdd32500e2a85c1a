package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fanin.model.run.RunId;

/**
 * A change of a table's record: the run that made it, and its pass, since the same run changes the record again when it
 * is redriven. As text {@code nightly-1/2}, or {@code nightly-1} if the pass is not known.
 *
 * @param pass {@link #UNKNOWN} if not known
 */
public record RecordChange(RunId run, int pass) {

    /** A pass that was not recorded. */
    public static final int UNKNOWN = -1;

    private static final char SEPARATOR = '/';

    @JsonCreator
    public static RecordChange of(String text) {
        int end = text.indexOf(SEPARATOR);
        return end < 0
                ? new RecordChange(new RunId(text), UNKNOWN)
                : new RecordChange(new RunId(text.substring(0, end)), Integer.parseInt(text.substring(end + 1)));
    }

    /** Whether the other one may be the same change: passes that are not known do not tell them apart. */
    public boolean isSame(RecordChange other) {
        return run.equals(other.run) && (pass == other.pass || pass == UNKNOWN || other.pass == UNKNOWN);
    }

    @JsonValue
    @Override
    public String toString() {
        return pass == UNKNOWN ? run.value() : run.value() + SEPARATOR + pass;
    }
}
