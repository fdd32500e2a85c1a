package io.fanin.model.names;

import java.util.Locale;

/** The names that begin with {@code fanin.}: parameters of tables and partitions in Glue, and system properties. */
public final class FaninNames {

    /** The beginning of all these names. A parameter for a field of the spec is this and the field's name. */
    public static final String PREFIX = "fanin.";

    /** Parameters of a table that publish its record. */
    public static final String STATUS = PREFIX + "status";

    public static final String REGISTERED = PREFIX + "registered";
    public static final String FAILED = PREFIX + "failed";
    public static final String FAILED_SAMPLE = PREFIX + "failed.sample";
    public static final String WAIVED = PREFIX + "waived";
    public static final String UNVERIFIED = PREFIX + "unverified";
    public static final String COMPLETE_THROUGH = PREFIX + "complete_through";
    public static final String MISSING = PREFIX + "missing";

    /** The URI of a run's folder: on a table of its last run, on a partition of the run that registered it. */
    public static final String RUN = PREFIX + "run";

    /** A table's layout, unless it is Hive's. */
    public static final String LAYOUT = PREFIX + "layout";

    /** Whether partitions of a table are registered although partition projection is on: {@link #REGISTER} if so. */
    public static final String PROJECTION = PREFIX + "projection";

    public static final String REGISTER = "register";

    /** Whether runs of all tables take a table: a field of its spec, which a table without a spec can have, too. */
    public static final String ENABLED = PREFIX + "enabled";

    /** The time zone of a table's time keys; absent for UTC. */
    public static final String TIME_ZONE = PREFIX + "timeZone";

    /** The hash over a partition's objects. */
    public static final String INVENTORY = PREFIX + "inventory";

    /** When the newest of a partition's objects was last modified, in ISO format. */
    public static final String NEWEST = PREFIX + "newest";

    /** When a partition's data was read, in ISO format: data that was read earlier does not replace it. */
    public static final String AS_OF = PREFIX + "as_of";

    /** The previous location of a partition whose location the run in {@link #RUN} has switched. */
    public static final String REPLACED = PREFIX + "replaced";

    /** The URI of the folder with the raw data from which a partition was made. */
    public static final String SOURCE = PREFIX + "source";

    /** The number of objects of a partition's raw data, whose hash is {@link #INVENTORY}. */
    public static final String SOURCE_FILES = PREFIX + "source.files";

    /** When the oldest of these objects was last modified, in ISO format. */
    public static final String SOURCE_OLDEST = PREFIX + "source.oldest";

    /** The number of a partition's raw records that are not in the table; absent if there are none. */
    public static final String BAD_RECORDS = PREFIX + "bad_records";

    /** The names of the parameters that a processor of the deployment's own has set, each on a line. */
    public static final String PARAMETERS = PREFIX + "parameters";

    /** System property: the lowest level that is logged. */
    public static final String LOG_LEVEL = PREFIX + "log.level";

    /** System property: whether the command line prints to a terminal. */
    public static final String TERMINAL = PREFIX + "terminal";

    /** System property: the folder of the scripts that started the command line. */
    public static final String SCRIPTS = PREFIX + "scripts";

    /** The beginning of a table's parameters for one of its keys. */
    public static final String KEY = PREFIX + "key.";

    private FaninNames() {}

    /** A table's parameter with the format of a key. */
    public static String keyFormat(String key) {
        return ofKey(key, "format");
    }

    /** A table's parameter that says whether a key is a time. */
    public static String keyTime(String key) {
        return ofKey(key, "time");
    }

    /** A table's parameter with the interval of a key. */
    public static String keyInterval(String key) {
        return ofKey(key, "interval");
    }

    /** A partition's parameter with the least value of a column. */
    public static String least(String column) {
        return PREFIX + "min." + column;
    }

    /** A partition's parameter with the greatest value of a column. */
    public static String greatest(String column) {
        return PREFIX + "max." + column;
    }

    private static String ofKey(String key, String what) {
        return KEY + key.toLowerCase(Locale.ROOT) + "." + what;
    }
}
