package io.fanin.model.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * The shared JSON mappers, one for documents that the parts exchange and a strict one for user input. Both are
 * thread-safe.
 */
public final class Json {

    private static final ObjectMapper DOCUMENTS = builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private static final ObjectMapper INPUT = strict();

    /** The beginning of an object, an array or a string, in the parser's messages. */
    private static final Pattern BEGINNING = Pattern.compile(
            "\\((?:for \\w+ )?start(?:ing| marker) at \\[Source:[^;]*; line: (\\d+), column: (\\d+)]\\)");

    private static final Pattern CHARACTER_CODE =
            Pattern.compile("\\(('.{1,2}') \\(code \\d+(?: / 0x[0-9a-f]+)?\\)\\)");

    private Json() {}

    /**
     * The mapper for documents exchanged between the parts: unknown fields are ignored, as a newer version may have
     * written them.
     */
    public static ObjectMapper documents() {
        return DOCUMENTS;
    }

    /**
     * The mapper for documents that people write: unknown fields, repeated fields and more than one document are
     * refused, and types are not converted.
     */
    public static ObjectMapper input() {
        return INPUT;
    }

    public static String text(Object document) {
        try {
            return DOCUMENTS.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a document that another part has written.
     *
     * @param name the document's name in error messages
     * @throws UnreadableDocumentException if it is not a document of this type
     */
    public static <T> T read(String document, Class<T> type, String name) {
        try {
            T read = DOCUMENTS.readValue(document, type);
            if (read == null) {
                throw new IOException("expected a JSON object, found null");
            }
            return read;
        } catch (IOException e) {
            throw new UnreadableDocumentException(name, e);
        }
    }

    /** A document that anybody may have written; a missing node if it is not JSON. */
    public static JsonNode treeOrMissing(String document) {
        try {
            return DOCUMENTS.readTree(document);
        } catch (JsonProcessingException e) {
            return DOCUMENTS.missingNode();
        }
    }

    /**
     * A message for users about text that is not valid JSON, without the names of the parser's settings and classes.
     */
    public static String problem(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Trailing token")) {
            return "it goes on after its end";
        }
        return CHARACTER_CODE
                .matcher(BEGINNING.matcher(message).replaceAll("(which begins at line $1, column $2)"))
                .replaceAll("$1");
    }

    private static JsonMapper.Builder builder() {
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    private static ObjectMapper strict() {
        return builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, config -> {
                    for (CoercionInputShape shape : new CoercionInputShape[] {
                        CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
                    }) {
                        config.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .build();
    }
}
