package io.fanin.statemachine.it;

import io.fanin.fakes.contract.Flights;
import io.fanin.fakes.contract.GlueContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks Glue's contract against the emulator. */
@ExtendWith(Platform.class)
class GlueContractIT implements GlueContract {

    private final Flights flights;

    GlueContractIT(Pipeline pipeline) {
        flights = Flights.created(pipeline.clients().glue());
    }

    @Override
    public Flights flights() {
        return flights;
    }

    @AfterEach
    void dropDatabase() {
        flights.glue().deleteDatabase(delete -> delete.name(flights.database()));
    }
}
