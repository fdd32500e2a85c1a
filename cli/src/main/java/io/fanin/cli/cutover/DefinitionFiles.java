package io.fanin.cli.cutover;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.layout.ProjectedTable;
import io.fanin.model.names.FaninNames;
import io.fanin.model.text.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands that keep a table's definition in files, and write it back. They expect JSON as the AWS CLI prints it: each
 * parameter on a line of its own.
 */
record DefinitionFiles(CatalogTable table, ShellCommands commands) {

    /** The definition before the first change. */
    static final String BEFORE = "before";

    /** The definition that the last step writes back. */
    private static final String BACK = "back";

    /** The rest of a line with a field that has no value. */
    private static final String NO_VALUE = "[A-Za-z]*\": null";

    /** A string of JSON after its first quotation mark, the last one included, by the rules of sed. */
    private static final String REST_OF_STRING = "[^\"\\\\]*\\(\\\\.[^\"\\\\]*\\)*\"";

    private static final String OURS = parameter(FaninNames.PREFIX + "[^\"]*");

    String file(String kind) {
        return table.name() + "." + kind + ".json";
    }

    /** Saves the definition without {@code fanin.*}, unless the file exists. */
    String[] keep() {
        String before = file(BEFORE);
        return List.of(
                        into("catalog"),
                        ShellCommands.edited(file("catalog"), given(List.of(OURS)), file("kept")),
                        "mv " + ShellWord.quoted(file("kept")) + " " + ShellWord.quoted(before))
                .stream()
                .map(command -> ShellCommands.unless(before, command))
                .toArray(String[]::new);
    }

    /** Lets runs register partitions although projection is on. Keeps all other changes to the table. */
    String[] register() {
        List<String> expressions = new ArrayList<>(given(List.of(parameter(FaninNames.PROJECTION))));
        expressions.add("s/\"" + ProjectedTable.ENABLED + "\": /\"" + FaninNames.PROJECTION + "\": \""
                + FaninNames.REGISTER + "\", &/");
        return changed("current", expressions, "parallel");
    }

    /** Switches projection off. */
    String[] unproject() {
        List<String> expressions = new ArrayList<>(given(List.of()));
        expressions.add(projecting(false));
        return changed("projected", expressions, "registered");
    }

    /**
     * Removes the parameters that runs have written. Keeps all other changes to the table.
     *
     * @param isProjected whether to switch projection on, too
     */
    String[] giveBack(boolean isProjected) {
        List<String> expressions = new ArrayList<>(given(List.of(OURS)));
        if (isProjected) {
            expressions.add(projecting(true));
        }
        List<String> changes = new ArrayList<>(List.of(changed("adopted", expressions, BACK)));
        if (isProjected) {
            changes.add(changes.size() - 1, requireProjection(BACK));
        }
        return changes.toArray(String[]::new);
    }

    /** Fails unless projection is on in the definition in a file. */
    String requireProjection(String kind) {
        return "grep -qi " + ShellWord.quoted("\"" + ProjectedTable.ENABLED + "\": \"true\"") + " "
                + ShellWord.quoted(file(kind));
    }

    private static String projecting(boolean isEnabled) {
        return "s/\"" + ProjectedTable.ENABLED + "\": \"[^\"]*\"/\"" + ProjectedTable.ENABLED + "\": \"" + isEnabled
                + "\"/";
    }

    /**
     * Edits and writes the definition. Glue refuses the change if a run has published meanwhile, so that it cannot undo
     * the run's parameters and columns.
     */
    private String[] changed(String from, List<String> expressions, String to) {
        String update = commands.aws(
                "glue",
                "update-table",
                "--database-name",
                table.name().database(),
                "--table-input",
                "file://" + file(to));
        String version = ShellWord.quoted(table.name() + ".version");
        return new String[] {
            ShellCommands.into(described("Table.VersionId", "text"), table.name() + ".version"),
            into(from),
            ShellCommands.edited(file(from), expressions, file(to)),
            update + " --version-id \"$(cat " + version + ")\""
        };
    }

    /** Deletes fields without a value and the given ones, and a comma left before the end of a list. */
    private static List<String> given(List<String> deleted) {
        List<String> expressions = new ArrayList<>(List.of(":a", "$!{", "N", "ba", "}"));
        Stream.concat(deleted.stream(), Stream.of(NO_VALUE))
                .map(text -> "s/\\n *\"" + text + ",\\{0,1\\}//g")
                .forEach(expressions::add);
        expressions.add("s/,\\(\\n *}\\)/\\1/g");
        return expressions;
    }

    private static String parameter(String names) {
        return names.replace(".", "\\.") + "\": \"" + REST_OF_STRING;
    }

    /** The fields without the columns: if a schema registry has these, Glue accepts only one of the two. */
    private static String withoutColumns(String fields) {
        String storage = hash(CatalogTable.STORAGE_FIELDS.stream()
                .filter(field -> !field.equals("Columns"))
                .map(field -> field + ":" + field));
        return fields.replace("StorageDescriptor:StorageDescriptor", "StorageDescriptor:StorageDescriptor." + storage);
    }

    private static String hash(Stream<String> fields) {
        return fields.collect(Collectors.joining(",", "{", "}"));
    }

    private String into(String kind) {
        String fields = hash(CatalogTable.INPUT_FIELDS.stream().map(field -> field + ":" + field));
        String given = "Table." + (table.hasColumnsOfRegistry() ? withoutColumns(fields) : fields);
        return ShellCommands.into(described(given, "json"), file(kind));
    }

    private String described(String query, String output) {
        return commands.aws(
                "glue",
                "get-table",
                "--database-name",
                table.name().database(),
                "--name",
                table.name().table(),
                "--query",
                query,
                "--output",
                output);
    }
}
