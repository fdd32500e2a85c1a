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
     * Checks the number of an option that may be 0.
     *
     * @throws CommandFailedException if it is negative, or greater than {@code most}
     */
    public static void requireAtMost(String option, long number, long most) {
        if (number < 0 || number > most) {
            throw new CommandFailedException(option + " must be 0 to " + most + ", found " + number);
        }
    }
}
