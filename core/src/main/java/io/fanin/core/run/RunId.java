package io.fanin.core.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What names a run: the name of its execution. */
public record RunId(@JsonValue String value) {

    /** A subset of what Step Functions allows in a name, so that the name is safe in a key. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+-]{1,80}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (!NAME.matcher(value).matches() || value.startsWith(".")) {
            throw new IllegalArgumentException(
                    "'" + value + "' cannot name a run: expected 1 to 80 letters, digits, '_', '.', '+' or '-'");
        }
    }

    /**
     * Reads an execution's name or ARN.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static RunId ofExecution(String nameOrArn) {
        return new RunId(nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
