package io.fanin.cli.cutover;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.text.LogSafe;
import java.util.List;

/**
 * One step of a cut-over.
 *
 * @param text for a person to read
 * @param commands lines for a shell; an empty list if the step is done elsewhere by hand
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CutOverStep(String text, List<String> commands) {

    public CutOverStep {
        text = LogSafe.of(text);
        commands = List.copyOf(commands);
    }

    static CutOverStep of(String text, String... commands) {
        return new CutOverStep(text, List.of(commands));
    }
}
