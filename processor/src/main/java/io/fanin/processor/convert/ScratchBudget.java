package io.fanin.processor.convert;

/** Bytes of files that may lie on the function's disk at a time. Who needs more waits until others have given back. */
final class ScratchBudget {

    private long free;
    private boolean closed;

    ScratchBudget(long all) {
        this.free = all;
    }

    /**
     * Takes so many bytes, at most all.
     *
     * @return whether it got them: not when the budget was closed meanwhile
     */
    synchronized boolean take(long bytes) throws InterruptedException {
        while (free < bytes && !closed) {
            wait();
        }
        free -= closed ? 0 : bytes;
        return !closed;
    }

    synchronized void giveBack(long bytes) {
        free += bytes;
        notifyAll();
    }

    /** Ends all waiting. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
