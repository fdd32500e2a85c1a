package io.fanin.core.history;

/** How a period of a table stands, by the letter under which calendars keep and show it. */
public enum PeriodState {
    REGISTERED('R', "registered"),
    LATE('L', "changed since, processed again"),
    FAILED('F', "failed"),
    WAITING('W', "waiting (not ready yet)"),
    MISSING('M', "no prefix"),
    CONFLICT('C', "in conflict"),
    WAIVED('A', "waived");

    private final char letter;
    private final String words;

    PeriodState(char letter, String words) {
        this.letter = letter;
        this.words = words;
    }

    public char letter() {
        return letter;
    }

    /** What it is called for people. */
    public String words() {
        return words;
    }

    /** Whether the catalog has the period's partitions. */
    public boolean isRegistered() {
        return this == REGISTERED || this == LATE;
    }
}
