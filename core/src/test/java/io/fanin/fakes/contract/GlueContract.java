package io.fanin.fakes.contract;

/** All contracts, for a test class to implement. Each test has an instance of the class, and so a table, of its own. */
public interface GlueContract
        extends GlueTableContract, GluePartitionContract, GlueListingContract, GlueExpressionContract {

    /** The table that the test works on. */
    @Override
    Flights flights();
}
