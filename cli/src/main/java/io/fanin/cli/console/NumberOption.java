package io.fanin.cli.console;

/** Checks numbers on the command line. */
public final class NumberOption {

    private NumberOption() {}

    /**
     * Checks the number of an option that has no upper limit.
     *
     * @throws CommandFailedException if it is less than 1
     */
    public static void requirePositive(String option, long number) {
        if (number < 1) {
            throw new CommandFailedException(option + " must be 1 or more, found " + number);
        }
    }

    /**
     * Checks the number of an option with limits.
     *
     * @throws CommandFailedException if it is not within them
     */
    public static void requireWithin(String option, long number, long least, long most) {
        if (number < least || number > most) {
            throw new CommandFailedException(option + " must be " + least + " to " + most + ", found " + number);
        }
    }
}
