package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** One run of a function. Its caller may have stopped waiting for it. */
final class FunctionRun {

    private final String name;
    private final Function function;
    private final String run;
    private final boolean registers;
    private final int pass;
    private Optional<Answer> answer = Optional.empty();
    private boolean accompanied;
    private boolean dead;
    private boolean over;
    private boolean asleep;

    FunctionRun(String name, Function function, String run, JsonNode input) {
        this.name = name;
        this.function = function;
        this.run = run;
        this.registers = input.path("action").asText().equals("register");
        this.pass = input.path("pass").asInt();
    }

    /** The functions; those of the state machine under the names in its definition. */
    enum Function {
        DETECTOR,
        PROCESSOR,
        TABLE_CREATOR,
        OBJECT_EVENTS
    }

    /** The answer as the caller sees it. */
    sealed interface Answer {
        record Output(JsonNode json) implements Answer {}

        record Failed(StateError error) implements Answer {}
    }

    Function function() {
        return function;
    }

    String run() {
        return run;
    }

    /** Whether it registers the results of a pass. */
    boolean registers() {
        return registers;
    }

    /** The pass of its run. */
    int pass() {
        return pass;
    }

    Optional<Answer> answer() {
        return answer;
    }

    /** Answers the caller; only the first answer counts. */
    void answer(Answer given) {
        if (answer.isEmpty()) {
            answer = Optional.of(given);
        }
    }

    /** Notes that another invocation of its function runs at the same time. */
    void accompany() {
        accompanied = true;
    }

    boolean wasAlone() {
        return !accompanied;
    }

    /** Ends its requests from now on. */
    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    /** It has come to its end, answered or not. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** Delays it for long, while nobody waits for it. */
    void fallAsleep() {
        asleep = true;
    }

    void wake() {
        asleep = false;
    }

    /** Whether nobody can observe that it is still running. */
    boolean isQuiet() {
        return over || asleep;
    }

    @Override
    public String toString() {
        return name;
    }
}
