package io.fanin.model.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A document that another part has written is damaged, or is not of the expected kind. The message has no names of
 * classes.
 */
public final class UnreadableDocumentException extends UncheckedIOException {

    private final String document;

    UnreadableDocumentException(String document, IOException cause) {
        super(document + " cannot be read: " + problem(cause), cause);
        this.document = document;
    }

    /** The document's name, such as its URI. */
    public String document() {
        return document;
    }

    private static String problem(Throwable cause) {
        Throwable root = cause;
        while (!(root instanceof StreamReadException) && root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof StreamReadException syntax) {
            JsonLocation at = syntax.getLocation();
            return "expected JSON, found at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
                    + Json.problem(syntax);
        }
        if (!(root instanceof JsonProcessingException) && root.getMessage() != null) {
            return field(cause) + root.getMessage();
        }
        String field = field(cause);
        return field.isEmpty()
                ? "expected a JSON object with the fields of this document, found something else"
                : field + "its value is absent or of another kind than expected";
    }

    /** The path of the field that was read. */
    private static String field(Throwable cause) {
        List<Reference> path = cause instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        StringBuilder field = new StringBuilder();
        for (Reference step : path) {
            if (step.getFieldName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return field.isEmpty() ? "" : field.append(": ").toString();
    }
}
