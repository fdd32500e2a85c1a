package io.fanin.records.scratch;

/** Bytes of the function's disk for what a query reads. */
public final class DiskBudget {

    private final long all;
    private long taken;

    public DiskBudget(long all) {
        this.all = all;
    }

    /**
     * Takes so many bytes.
     *
     * @param what they are, for people
     * @throws ConversionException {@code NoSpace} when there are not so many
     */
    public void take(long bytes, String what) {
        if (bytes > all - taken) {
            throw new ConversionException(
                    "NoSpace",
                    ("%s: %d bytes, and of the %d bytes of the function's disk for what a query reads %d are taken: raise"
                                    + " the stack's parameter ProcessorStorage, or make the partition or the table smaller")
                            .formatted(what, bytes, all, taken));
        }
        taken += bytes;
    }

    public long taken() {
        return taken;
    }

    /** Gives back all but so many bytes. */
    public void giveBackTo(long kept) {
        taken = kept;
    }
}
