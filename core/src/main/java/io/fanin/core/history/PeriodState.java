package io.fanin.core.history;

/** The state of a table's period, with its letter in calendars. */
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

    /** Its name for people. */
    public String words() {
        return words;
    }
}
