package io.fanin.model.names;

import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Sha256;
import io.fanin.model.text.Utf8Beginning;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of all objects in the state bucket. A folder's key ends with a slash. The console serves the pages under the
 * same paths, and the command line writes them under the same paths below a folder.
 */
public final class StateKeys {

    /** The folder with a folder for each database. */
    public static final String TABLES = "tables/";

    /** The page of all tables. */
    public static final String TABLES_PAGE = TABLES + "index.html";

    /** The latest results of runs of all tables, for tables whose state no pass records. */
    public static final String LAST_RESULTS = TABLES + "last-results.json";

    /** In the place of the database of runs that failed before their table was known. */
    public static final String UNNAMED = "unnamed";

    /** The inboxes of all tables. */
    public static final String INBOXES = "inbox/";

    /** The name of a plan in the folder of its run. */
    public static final String PLAN = "plan.json";

    /** The name of a report in the folder of its run. */
    public static final String REPORT = "report.json";

    /** A report as a page, beside it. */
    public static final String REPORT_PAGE = "report.html";

    /** The key of an object that never exists. Functions request it during initialisation to open a connection. */
    public static final String PRIMING = "priming.json";

    private static final String RUNS = "runs/";
    private static final String JSON = ".json";

    private static final Pattern RUN_FOLDER = Pattern.compile(RUNS + "([^/]+)/");
    private static final Pattern TABLE_FOLDER = Pattern.compile(TABLES + "([^/]+)/([^/]+)/");

    private StateKeys() {}

    /** The keys of a run of one table. */
    public static RunKeys run(RunId run) {
        return new RunKeys(RUNS + run + "/");
    }

    /** The run with this folder; empty if it is not a run's folder. */
    public static Optional<RunId> findRun(String folder) {
        Matcher matcher = RUN_FOLDER.matcher(folder);
        return matcher.matches()
                ? Optional.of(new RunId(matcher.group(1)))
                        .filter(run -> run(run).folder().equals(folder))
                : Optional.empty();
    }

    /** The keys of a table. */
    public static TableKeys table(TableName table) {
        return new TableKeys(database(table.database()) + table.table() + "/");
    }

    /** The folders of a database's tables. */
    public static String database(String name) {
        return TABLES + name + "/";
    }

    /** The table with this folder; empty if it is not a table's folder. */
    public static Optional<TableName> findTable(String folder) {
        Matcher matcher = TABLE_FOLDER.matcher(folder);
        return matcher.matches() ? TableName.find(matcher.group(1) + "." + matcher.group(2)) : Optional.empty();
    }

    /**
     * A placeholder for the table of runs that failed before their table was known.
     *
     * @param hash of the runs' input
     */
    public static TableName unnamed(String hash) {
        return new TableName(UNNAMED, hash);
    }

    /** The keys of a run of all tables. */
    public static AllTablesKeys allTables(RunId run) {
        return new AllTablesKeys("all-tables/" + run + "/");
    }

    /** The entries of a table's inbox. */
    public static InboxKeys inbox(TableName table) {
        return new InboxKeys(INBOXES + table.database() + "/" + table.table() + "/");
    }

    /** The document with the owners of the folders in a data bucket. */
    public static String owners(String bucket) {
        return "owners/" + bucket + JSON;
    }

    /** The relative link from one object to another. */
    public static String link(String from, String to) {
        int shared = 0;
        for (int i = 0; i < Math.min(from.length(), to.length()) && from.charAt(i) == to.charAt(i); i++) {
            if (from.charAt(i) == '/') {
                shared = i + 1;
            }
        }
        long above = from.substring(shared).chars().filter(c -> c == '/').count();
        return "../".repeat((int) above) + to.substring(shared);
    }

    /**
     * The keys of a run of one table.
     *
     * @param folder the run's own, which expires
     */
    public record RunKeys(String folder) {

        /** Beside this number of bytes, a key has room for those around it. */
        private static final int MAX_NAME_BYTES = 700;

        /** The resolved spec, and the findings of the detector's invocation that wrote it. */
        public String spec() {
            return folder + "spec.json";
        }

        /** The findings of another invocation of the detector, by their token. */
        public String detection(String token) {
            return folder + "detection-" + token + JSON;
        }

        /** The inbox entries that an invocation of the detector has taken over, by the token of its findings. */
        public String taken(String token) {
            return folder + "taken-" + token + JSON;
        }

        /** The partitions that an invocation of the detector wants to have deregistered, by the list's token. */
        public String vanished(String token) {
            return folder + "vanished-" + token + JSON;
        }

        /** The plan of a dry run. */
        public String plan() {
            return folder + PLAN;
        }

        /** The report of the last pass. */
        public String report() {
            return folder + REPORT;
        }

        /** The page of the report of the last pass. */
        public String page() {
            return folder + REPORT_PAGE;
        }

        /** The folder of the quarantined bad records. */
        public String quarantine() {
            return folder + "quarantine/";
        }

        /**
         * The bad records of a partition.
         *
         * @param partition the partition's name, as Hive writes it
         */
        public String badRecords(String partition) {
            return quarantine() + shortened(partition) + "/bad-records.jsonl";
        }

        /** A name of which a key of S3 has room for all, or its beginning and a hash. */
        private static String shortened(String partition) {
            String beginning = Utf8Beginning.of(partition, MAX_NAME_BYTES);
            return beginning.equals(partition) ? partition : beginning + "~" + Sha256.token(partition);
        }

        /** The marker of a notification about the run, by its name. */
        public String notificationMark(String what) {
            return folder + "told/" + what + JSON;
        }

        /**
         * The keys of a pass of the run.
         *
         * @param number 0 for the first
         */
        public PassKeys pass(int number) {
            return new PassKeys(folder + "pass-" + number + "/");
        }
    }

    /**
     * The keys of a pass of a run.
     *
     * @param folder the pass's own
     */
    public record PassKeys(String folder) {

        /** The batches of the pass, one for each item of the Map. */
        public String manifest() {
            return folder + "manifest.json";
        }

        /** The folder of the batches' results. */
        public String results() {
            return folder + "results/";
        }

        public String result(int batch) {
            return results() + batch + JSON;
        }

        /** The work list of a Glue job that processes a batch. */
        public String jobWork(int batch) {
            return job(batch) + JSON;
        }

        /** The inventory of a batch's source, and of its folders in the table, before its Glue job began. */
        public String jobSource(int batch) {
            return job(batch) + "-source.json";
        }

        private String job(int batch) {
            return folder + "jobs/" + batch;
        }

        /** Results that could not be registered in this pass, and that the next pass registers. */
        public String unregistered() {
            return folder + "unregistered.json";
        }

        /** The report of the pass. */
        public String report() {
            return folder + REPORT;
        }

        /** The marker of a pass that is held at the gate. */
        public String held() {
            return folder + "held.json";
        }
    }

    /**
     * The keys of a table.
     *
     * @param folder the table's own, in which nothing expires
     */
    public record TableKeys(String folder) {

        /** The table's record. */
        public String record() {
            return folder + "state.json";
        }

        /** The table's lease, which one execution holds at a time. */
        public String lease() {
            return folder + "lease.json";
        }

        /** Whether a key, or the URI of one, is that of a table's record. */
        public static boolean isRecord(String key) {
            return key.endsWith("/" + new TableKeys("").record());
        }

        /** Whether it is that of a table's lease. */
        public static boolean isLease(String key) {
            return key.endsWith("/" + new TableKeys("").lease());
        }

        /** Whether it is that of what only pages show. */
        public static boolean isForPages(String key) {
            TableKeys names = new TableKeys("");
            return key.endsWith("/" + names.history()) || key.endsWith("/" + names.calendar());
        }

        /** The last runs. */
        public String history() {
            return folder + "history.json";
        }

        /** The state of each period. */
        public String calendar() {
            return folder + "calendar.json";
        }

        /** The page of the table. */
        public String page() {
            return folder + "index.html";
        }

        /** The keys of the notes of superseded versions. */
        public SupersededKeys superseded() {
            return new SupersededKeys(folder + "superseded/");
        }
    }

    /**
     * The keys of notes of superseded versions of partitions. They sort by time.
     *
     * @param folder of all notes of a table
     */
    public record SupersededKeys(String folder) {

        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

        /**
         * The key of a note.
         *
         * @param due when its versions may be removed
         * @param token distinguishes the notes of one second
         */
        public String note(Instant due, String token) {
            return end(due) + "-" + token + JSON;
        }

        /** Whether a key is that of a note with this token. */
        public boolean isOf(String key, String token) {
            return key.endsWith("-" + token + JSON);
        }

        /** A key that sorts after all notes that are due before this second, and before all others. */
        public String end(Instant now) {
            return folder + TIME.format(now);
        }
    }

    /**
     * The keys of a run of all tables.
     *
     * @param folder the run's own, which expires
     */
    public record AllTablesKeys(String folder) {

        /** The tables to run, and those left out. */
        public String selection() {
            return folder + "selection.json";
        }

        /** The items of the Map over the tables. */
        public String items() {
            return folder + "tables.json";
        }

        /** The tables' outcomes. */
        public String report() {
            return folder + REPORT;
        }

        /** The marker of a notification about the run, by its name. */
        public String announced(String what) {
            return folder + "announced/" + what + JSON;
        }
    }

    /**
     * The keys of the entries of a table's inbox. They sort by time.
     *
     * @param folder the inbox
     */
    public record InboxKeys(String folder) {

        private static final Pattern ENTRY = Pattern.compile(INBOXES + "([a-z0-9_-]+)/([a-z0-9_-]+)/[^/]+\\.json");

        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

        /**
         * The key of an entry.
         *
         * @param id distinguishes the entries of one millisecond
         */
        public String entry(Instant received, String id) {
            return folder + TIME.format(received) + "-" + id + JSON;
        }

        /** The table of an inbox entry; empty if the key is not that of an entry. */
        public static Optional<TableName> findTable(String key) {
            Matcher matcher = ENTRY.matcher(key);
            return matcher.matches()
                    ? Optional.of(new TableName(matcher.group(1), matcher.group(2)))
                    : Optional.empty();
        }
    }
}
