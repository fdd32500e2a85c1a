package io.fanin.records.scratch;

import io.fanin.model.failure.FailureCode;

/** The part of the function's disk for data that a query reads. */
public final class DiskBudget {

    private final long all;
    private long taken;

    public DiskBudget(long all) {
        this.all = all;
    }

    /** Reserves bytes, which messages call {@code what}. Fails with {@code NoSpace} if fewer are left. */
    public void take(long bytes, String what) {
        if (bytes > all - taken) {
            throw new ConversionException(
                    FailureCode.NO_SPACE,
                    ("%s: %d bytes, and of the %d bytes of the function's disk for what a query reads %d are taken: raise"
                                    + " the stack's parameter ProcessorStorage, or make the partition or the table smaller")
                            .formatted(what, bytes, all, taken));
        }
        taken += bytes;
    }

    public long taken() {
        return taken;
    }

    /** Releases all but this number of bytes. */
    public void giveBackTo(long kept) {
        taken = kept;
    }
}
