package io.fanin.pages.view;

import io.fanin.pages.view.Frame.Link;
import java.util.List;

/**
 * The parts of a page that exist only when the console serves it, not in a file.
 *
 * @param token what each form sends along, so that it is taken for one of ours
 * @param lines the text above the page: the progress of a run, or its outcome
 * @param atWork the runs at work
 */
public record Controls(String token, List<String> lines, List<Link> atWork, List<Button> buttons) {

    /** Of a file. */
    public static final Controls NONE = new Controls("", List.of(), List.of(), List.of());

    public Controls {
        lines = List.copyOf(lines);
        atWork = List.copyOf(atWork);
        buttons = List.copyOf(buttons);
    }

    /**
     * A button.
     *
     * @param target where its form is posted to
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
