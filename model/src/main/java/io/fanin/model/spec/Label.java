package io.fanin.model.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** An enum whose constants stand in a spec in lower case. */
public interface Label {

    String name();

    @JsonValue
    default String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
