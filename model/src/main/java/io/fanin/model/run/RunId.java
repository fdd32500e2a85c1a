package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fanin.model.text.Sha256;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a run and its folder: the name of its execution. Step Functions allows names that cannot be a folder
 * ({@code nightly=1}, {@code a(b)}): in these, each byte of UTF-8 that is not a letter, digit or {@code _ . + -} is
 * written as {@code ~} and two hexadecimal digits, as is a {@code .} at the beginning. No execution's name contains
 * {@code ~}, so different names have different ids, and an id converts to itself.
 */
public record RunId(@JsonValue String value) {

    private static final String PLAIN = "_.+-~";

    /**
     * Keys in S3 hold 1,024 bytes. A longer id is shortened, and ends with a marker that no other id contains and the
     * hash of its name.
     */
    private static final int LONGEST = 160;

    private static final int KEPT = 80;

    /** A {@code ~} that encodes nothing. */
    private static final Pattern UNENCODED = Pattern.compile("~(?![0-9A-Fa-f]{2})");

    private static final String HASHED = "~~";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a run needs a name: expected the name or the ARN of an execution");
        }
        value = folder(value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads an execution's name or ARN.
     *
     * @throws IllegalArgumentException if it has no name
     */
    public static RunId ofExecution(String nameOrArn) {
        return new RunId(new ExecutionArn(nameOrArn).name());
    }

    /**
     * The execution's name; empty if the id ends with a hash, from which the name cannot be restored, or is none that
     * an execution's name leads to.
     */
    public Optional<String> executionName() {
        return value.contains(HASHED) || UNENCODED.matcher(value).find()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(value.replace("+", "%2B").replace('~', '%'), StandardCharsets.UTF_8));
    }

    private static String folder(byte[] name) {
        StringBuilder folder = new StringBuilder();
        for (byte one : name) {
            char c = (char) Byte.toUnsignedInt(one);
            boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            if (isPlain && !(c == '.' && folder.isEmpty())) {
                folder.append(c);
            } else {
                folder.append('~').append(HexFormat.of().withUpperCase().toHexDigits(one));
            }
        }
        return folder.length() <= LONGEST
                ? folder.toString()
                : folder.substring(0, KEPT)
                        + HASHED
                        + HexFormat.of().formatHex(Sha256.digest().digest(name));
    }

    @Override
    public String toString() {
        return value;
    }
}
