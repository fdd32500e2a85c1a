package io.fanin.statemachine.simulation;

import java.util.List;
import java.util.Random;

/** All random decisions, drawn in one order from one seed. */
final class SeededRandom {

    private final Random random;

    SeededRandom(long seed) {
        this.random = new Random(seed);
    }

    /** True with this probability. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A number from 0 to the bound, exclusive. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number between two, both inclusive. */
    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    final <T> T one(T first, T... more) {
        int drawn = random.nextInt(more.length + 1);
        return drawn == 0 ? first : more[drawn - 1];
    }
}
