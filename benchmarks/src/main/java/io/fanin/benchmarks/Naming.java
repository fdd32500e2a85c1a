package io.fanin.benchmarks;

import java.util.List;

/** The layout of an hour's prefix. Each segment ends with the digits, so names sort in the order of hours. */
enum Naming {
    TEMPLATE("${year}/${month}/${day}/${hour}") {
        @Override
        String path(List<String> values) {
            return String.join("/", values) + "/";
        }
    },
    HIVE("hive") {
        @Override
        String path(List<String> values) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < KEYS.size(); i++) {
                path.append(KEYS.get(i)).append('=').append(values.get(i)).append('/');
            }
            return path.toString();
        }
    };

    /** The table's keys. */
    static final List<String> KEYS = List.of("year", "month", "day", "hour");

    private final String layout;

    Naming(String layout) {
        this.layout = layout;
    }

    /** The layout in a table spec. */
    String layout() {
        return layout;
    }

    /** A partition's prefix below the table's. */
    abstract String path(List<String> values);
}
