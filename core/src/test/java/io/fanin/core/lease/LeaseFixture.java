package io.fanin.core.lease;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.lease.Leases.Acquired;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import io.fanin.model.table.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The lease of a table in a bucket in memory, and the executions that are running. */
final class LeaseFixture {

    static final TableName FLIGHTS = new TableName("analytics", "flights");
    static final String KEY = "tables/analytics/flights/lease.json";
    static final Execution ONE = execution("one");
    static final Execution TWO = execution("two");
    static final Execution DEAD = execution("dead");

    final FakeS3 s3 = new FakeS3().createBucket("state");
    final Set<String> running = new HashSet<>(Set.of(ONE.id(), TWO.id()));
    final List<String> asked = new ArrayList<>();
    final Leases leases = new Leases(new S3ObjectStore(s3.client(), "state"), arn -> {
        asked.add(arn);
        return running.contains(arn);
    });

    String holder() {
        return stored().path("holder").asText();
    }

    JsonNode stored() {
        return Json.read(s3.text("state", KEY).orElseThrow(), JsonNode.class, "the lease");
    }

    private static Execution execution(String name) {
        return new Execution(
                "arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:" + name,
                name,
                Json.documents().createObjectNode(),
                Optional.empty(),
                OptionalInt.of(0));
    }

    /** The state of the lease before it is taken. */
    enum Before {
        ABSENT {
            @Override
            void given(Leases leases) {}
        },
        RELEASED {
            @Override
            void given(Leases leases) {
                leases.release((Acquired) leases.acquire(FLIGHTS, DEAD));
            }
        },
        HELD_BY_A_DEAD_EXECUTION {
            @Override
            void given(Leases leases) {
                leases.acquire(FLIGHTS, DEAD);
            }
        };

        abstract void given(Leases leases);
    }
}
