package io.fanin.processor.validate;

/** How a table's objects are written, as far as checking them needs to know. Text is UTF-8. */
public sealed interface ObjectFormat {
    /** One JSON object on each line, as the OpenX SerDe reads. */
    record JsonLines() implements ObjectFormat {}

    /**
     * One record on each line.
     *
     * @param delimiter between fields: one ASCII character, no line end, quote or backslash
     * @param quoted fields may stand in {@code "}, with {@code \} as the escape (OpenCSVSerde); otherwise both are
     *     ordinary characters (LazySimpleSerDe)
     * @param header each object's first line names the columns ({@code skip.header.line.count=1})
     */
    record Csv(char delimiter, boolean quoted, boolean header) implements ObjectFormat {
        static final char QUOTE = '"';
        static final char ESCAPE = '\\';

        public Csv {
            if (delimiter == 0
                    || delimiter > 0x7F
                    || delimiter == '\n'
                    || delimiter == '\r'
                    || delimiter == QUOTE
                    || delimiter == ESCAPE) {
                throw new IllegalArgumentException(
                        "CSV delimiter U+%04X: expected one ASCII character, no line end, quote or backslash"
                                .formatted((int) delimiter));
            }
        }
    }

    /** Apache Parquet. */
    record Parquet() implements ObjectFormat {}

    /** The format's name in messages. */
    default String label() {
        return switch (this) {
            case JsonLines json -> "JSON";
            case Csv csv -> "CSV";
            case Parquet parquet -> "Parquet";
        };
    }
}
