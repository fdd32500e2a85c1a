package io.fanin.fakes.contract;

/** All of it, for a class of tests to implement. Such a class has an instance, and so a table, for each test. */
public interface GlueContract
        extends GlueTableContract, GluePartitionContract, GlueListingContract, GlueExpressionContract {

    /** The table that the test works on. */
    @Override
    Flights flights();
}
