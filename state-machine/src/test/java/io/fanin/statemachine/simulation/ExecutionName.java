package io.fanin.statemachine.simulation;

/**
 * A name that Step Functions allows.
 *
 * @param folder of the run that has it
 */
record ExecutionName(String name, String folder) {

    /** A unique name. */
    static ExecutionName of(int number, SeededRandom random) {
        return random.one(
                plain("run-" + number),
                plain("x".repeat(75) + "-" + (1000 + number)),
                new ExecutionName("nightly=" + number, "nightly~3D" + number),
                new ExecutionName("a(b)-" + number, "a~28b~29-" + number),
                new ExecutionName("." + number + "@noon!", "~2E" + number + "~40noon~21"),
                new ExecutionName("caf\u00e9" + number, "caf~C3~A9" + number));
    }

    static ExecutionName plain(String name) {
        return new ExecutionName(name, name);
    }
}
