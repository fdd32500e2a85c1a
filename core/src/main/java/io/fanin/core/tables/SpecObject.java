package io.fanin.core.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.input.ExecutionInput;
import io.fanin.model.spec.SourceSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.UnforeseenError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** An object in the folder of specs. */
sealed interface SpecObject {

    Pattern NAMES_IN_KEY = Pattern.compile("/([^/]+)/([^/]+)\\.json$");

    String uri();

    /** The table that it names; empty if it cannot be read that far. */
    Optional<TableName> named();

    /** The location at which the table's data arrives; empty if that is not stated, or cannot be read. */
    Optional<S3Location> place();

    /** A spec that can be read. */
    record Sound(String uri, TableSpec spec) implements SpecObject {

        @Override
        public Optional<TableName> named() {
            return Optional.of(spec.tableName());
        }

        @Override
        public Optional<S3Location> place() {
            return spec.source().map(SourceSpec::location).or(spec::location);
        }
    }

    /**
     * A spec that cannot be read.
     *
     * @param problem the reason
     */
    record Broken(String uri, Optional<TableName> named, Optional<S3Location> place, String problem)
            implements SpecObject {

        /**
         * The table to which the spec may belong: the one that it names, or else the one with the names at the end of
         * its key.
         */
        Optional<TableName> table() {
            Matcher names = NAMES_IN_KEY.matcher(uri);
            return named.or(() -> names.find() ? name(names.group(1), names.group(2)) : Optional.empty());
        }

        /** The table that it names, or only the spec if it names none, as left out. */
        SkippedTable skipped() {
            return new SkippedTable(uri, named, SkippedTable.Reason.UNREADABLE, problem);
        }

        /** The table, whose spec this is, as left out. */
        SkippedTable skipped(TableName table) {
            return new SkippedTable(uri, Optional.of(table), SkippedTable.Reason.UNREADABLE, problem);
        }
    }

    /**
     * Reads an object. An error makes only this object broken, unless the service fails, which is temporary.
     *
     * @throws SdkException if the service fails
     */
    static SpecObject read(String uri, ExecutionInput.SpecSource source) {
        Optional<TableName> named = Optional.empty();
        Optional<S3Location> place = Optional.empty();
        try {
            ObjectNode json = source.fetch(uri);
            named = name(text(json, "database"), text(json, "table"));
            place = S3Location.find(text(json.has("source") ? json.path("source") : json, "location"));
            return new Sound(uri, new SpecReader().read(json));
        } catch (SpecException e) {
            return new Broken(uri, named, place, e.getMessage());
        } catch (SdkException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return new Broken(uri, named, place, "$: cannot be read, " + UnforeseenError.shown(e));
        }
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText();
    }

    private static Optional<TableName> name(String database, String table) {
        try {
            return Optional.of(TableName.of(database + "." + table));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
