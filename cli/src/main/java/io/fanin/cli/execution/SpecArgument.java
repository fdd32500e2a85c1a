package io.fanin.cli.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.FileProblem;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.input.AllTablesInput;
import io.fanin.core.input.StatedSpec;
import io.fanin.model.json.Json;
import io.fanin.model.names.InputNames;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The input of an execution from the command line.
 *
 * @param content a table spec, or other input that starts an execution
 * @param subject the beginning of the execution's name: its table, or the object with its spec
 */
public record SpecArgument(ObjectNode content, String subject) {

    /** The maximum length of an execution's name. */
    private static final int MAXIMUM_NAME = 80;

    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("-yyyyMMdd'T'HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final Pattern SUFFIX_OF_NAME = Pattern.compile("-\\d{8}T\\d{6}-\\d{3}$");
    private static final int SUFFIX_LENGTH = SUFFIX.format(Instant.EPOCH).length();
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_-]+");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String EXAMPLE =
            "a table spec looks like {\"database\": \"analytics\", \"table\": \"flights\"}";

    /** The input of an execution that is named after the table that the input states. */
    public SpecArgument(ObjectNode content) {
        this(content, subject(content));
    }

    /** The input for a table that the catalog describes. */
    public static SpecArgument ofCatalog(TableName table) {
        return new SpecArgument(Json.documents()
                .createObjectNode()
                .put("database", table.database())
                .put("table", table.table()));
    }

    /** The input for a table whose spec is an object in S3. */
    public static SpecArgument stored(TableName table, String uri) {
        return of(table, Json.documents().createObjectNode().put("spec", uri));
    }

    /** An input that is known to be for this table. */
    public static SpecArgument of(TableName table, ObjectNode content) {
        return new SpecArgument(content, subject(table));
    }

    /** The table that an argument names; absent if it is JSON, standard input, or a file. */
    public static Optional<TableName> tableNamed(String argument) {
        return TableName.find(argument)
                .filter(table -> !argument.endsWith(".json") && Files.notExists(Path.of(argument)));
    }

    /**
     * Reads the argument.
     *
     * @param argument a file, {@code -} for standard input, or JSON
     * @throws CommandFailedException if it is not a JSON object
     */
    public static SpecArgument read(String argument, InputStream standardInput) {
        if (argument.stripLeading().startsWith("{")) {
            return parse(argument, "the spec on the command line");
        }
        if (argument.isBlank()) {
            throw new CommandFailedException(
                    "the spec is empty: expected a file, - for standard input, or a JSON object", EXAMPLE);
        }
        if (argument.stripLeading().startsWith("[") && Files.notExists(Path.of(argument))) {
            return parse(argument, "the spec on the command line");
        }
        try {
            return argument.equals("-")
                    ? parse(text(standardInput), "the spec on standard input")
                    : parse(Files.readString(Path.of(argument)), argument);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + argument, EXAMPLE);
        } catch (CharacterCodingException e) {
            throw new CommandFailedException(
                    (argument.equals("-") ? "the spec on standard input" : argument)
                            + " cannot be read: it is not text in UTF-8",
                    "save it in UTF-8, not in UTF-16 or another encoding");
        } catch (IOException e) {
            throw new CommandFailedException(argument + " cannot be read: " + FileProblem.reason(e), e);
        }
    }

    /** A decoder refuses invalid UTF-8, as reading from a file does. */
    private static String text(InputStream input) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(input.readAllBytes()))
                .toString();
    }

    private static SpecArgument parse(String text, String where) {
        try {
            JsonNode json = Json.input().readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
            if (json instanceof ObjectNode object) {
                return new SpecArgument(object);
            }
            throw new CommandFailedException(where + " is not a JSON object", EXAMPLE);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new CommandFailedException(where + " is not JSON" + place + ": " + Json.problem(e), EXAMPLE);
        }
    }

    /**
     * This input, after a check of its spec.
     *
     * @throws CommandFailedException if no execution can run with its spec
     */
    public SpecArgument required() {
        return requiredBy(StatedSpec::of);
    }

    /**
     * This input for an execution of all tables, after a check.
     *
     * @throws CommandFailedException if no execution can run with it
     */
    public SpecArgument requiredOfAllTables() {
        return requiredBy(AllTablesInput::read);
    }

    private SpecArgument requiredBy(Consumer<ObjectNode> reader) {
        try {
            reader.accept(content);
            return this;
        } catch (SpecException e) {
            throw new CommandFailedException(e.getMessage(), "correct it; nothing was started", e);
        }
    }

    /** The same input for a dry run. */
    public SpecArgument dryRun() {
        return new SpecArgument(content.deepCopy().put(InputNames.DRY_RUN, true), subject);
    }

    /** This spec with a field that makes runs of all tables skip the table. */
    public SpecArgument disabled() {
        return new SpecArgument(content.deepCopy().put("enabled", false), subject);
    }

    /** A name for the execution: table and time, readable in a list of executions, and sorted by time. */
    String executionName(Instant now) {
        return executionName(subject, now);
    }

    /** Whether an execution's name is one that this program would give for the table's stored spec. */
    public static boolean isNameFor(TableName table, String execution) {
        return isExecutionName(execution)
                && SUFFIX_OF_NAME.matcher(execution).replaceFirst("").equals(kept(subject(table)));
    }

    /** Whether an execution's name has this program's form, which begins with the table's name. */
    public static boolean isExecutionName(String execution) {
        return SUFFIX_OF_NAME.matcher(execution).find();
    }

    private static String subject(TableName table) {
        return table.database() + "-" + table.table();
    }

    private static String subject(ObjectNode content) {
        JsonNode named = content.path("spec").isObject() ? content.path("spec") : content;
        String table = Stream.of("database", "table")
                .flatMap(field -> Optional.ofNullable(named.path(field).textValue()).stream())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("-"));
        return table.isEmpty()
                ? Optional.ofNullable(content.path("spec").textValue())
                        .map(SpecArgument::objectName)
                        .orElse("")
                : table;
    }

    /** A name for the execution that continues another one's work. */
    public static String executionNameAfter(String execution, Instant now) {
        return executionName(SUFFIX_OF_NAME.matcher(execution).replaceFirst(""), now);
    }

    private static String executionName(String wanted, Instant now) {
        String kept = kept(wanted);
        return (kept.isEmpty() ? "run" : kept) + SUFFIX.format(now);
    }

    /**
     * The part of an execution's name before its time. A long name keeps its end, which distinguishes tables of one run
     * of all tables.
     */
    private static String kept(String wanted) {
        String name = NOT_IN_NAMES.matcher(wanted).replaceAll("-");
        int most = MAXIMUM_NAME - SUFFIX_LENGTH;
        if (name.length() <= most) {
            return name;
        }
        String end = TableItem.endOf(name);
        return name.substring(0, most - end.length()) + end;
    }

    private static String objectName(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", "");
    }
}
