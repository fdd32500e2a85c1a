package io.fanin.core.catalog;

/**
 * Tells the owner of a table, once, that readers may see a part of what is registered: before the first of several
 * requests that make partitions visible, or as soon as the only one has left some of them out. Thread-safe.
 */
final class IncompleteNotice {

    private final Runnable owner;
    private boolean given;

    IncompleteNotice(Runnable owner) {
        this.owner = owner;
    }

    /** Returns when the owner has been told; an owner that fails is told again the next time. */
    synchronized void give() {
        if (!given) {
            owner.run();
            given = true;
        }
    }
}
