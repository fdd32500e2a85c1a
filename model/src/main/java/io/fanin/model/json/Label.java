package io.fanin.model.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** An enum whose constants are written in lower case in a spec. */
public interface Label {

    String name();

    @JsonValue
    default String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
