package io.fanin.pages.view;

import io.fanin.pages.view.Frame.Link;
import java.util.List;

/**
 * The parts of a page that are not about its subject: most exist only in the console, not in a file.
 *
 * @param token sent with each form, to show that the form is the console's own
 * @param lines the text above the page: the progress of a run, its outcome, or what the page lacks
 * @param atWork the runs in progress
 */
public record Controls(String token, List<String> lines, List<Link> atWork, List<Button> buttons) {

    /** The controls of a file. */
    public static final Controls NONE = ofFile(List.of());

    public Controls {
        lines = List.copyOf(lines);
        atWork = List.copyOf(atWork);
        buttons = List.copyOf(buttons);
    }

    /** The controls of a file's page: text above the page, but no buttons or forms. */
    public static Controls ofFile(List<String> lines) {
        return new Controls("", lines, List.of(), List.of());
    }

    /**
     * A button.
     *
     * @param target the path to which its form is posted
     * @param fields the inputs of its form; empty for none
     */
    public record Button(String text, String target, List<Field> fields) {

        public Button {
            fields = List.copyOf(fields);
        }

        public Button(String text, String target) {
            this(text, target, List.of());
        }
    }

    /** A text input. */
    public record Field(String name, String label, boolean isRequired) {}
}
