package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.history.Calendar;
import io.fanin.core.history.TableHistories;
import io.fanin.core.record.TableRecord;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook.Moment;
import io.fanin.model.run.RunId;
import io.fanin.model.run.waiver.WaiverChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a crash at any request and another invocation, readers never see a wrong state, and the result is the same. */
class CrashTest {

    private static final RunId WAIVING = new RunId("waiving");

    /** The situation and the work of a pass. */
    enum Situation {
        ABSENT_TABLE_AND_ONE_FAILS {
            @Override
            Pass given(RunFixture fixture) {
                return fixture.pass(RUN, 0, hours(4), 2).failing(1);
            }
        },
        ABSENT_TABLE_AND_ALL_FAIL {
            @Override
            Pass given(RunFixture fixture) {
                return fixture.pass(RUN, 0, hours(2)).failing(0, 1);
            }
        },
        COMPLETE_TABLE_AND_ALL_SUCCEED {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(LATER_RUN, 0, hour(9)).register();
                return fixture.pass(RUN, 0, hours(4), 2);
            }
        },
        COMPLETE_TABLE_AND_SEVERAL_BATCHES {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(LATER_RUN, 0, hour(200)).register();
                return fixture.pass(RUN, 0, hours(120), 60);
            }
        },
        PARTIAL_TABLE_THAT_IS_HEALED {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(RUN, 0, hours(3)).failing(1, 2).register();
                fixture.others.register(hour(2));
                return fixture.pass(RUN, 1, hour(1));
            }
        },
        PARTIAL_TABLE_THAT_FAILS_AGAIN {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(LATER_RUN, 0, hours(2)).failing(0).register();
                return fixture.pass(RUN, 0, hour(0), hour(1), hour(2)).failing(0);
            }
        },
        PARTITION_THAT_IS_WAIVED {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(LATER_RUN, 0, hours(3)).failing(1, 2).register();
                return fixture.starts.waiving(RUN, hour(1));
            }
        },
        WAIVER_THAT_IS_TAKEN_BACK {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(LATER_RUN, 0, hours(3)).failing(1, 2).register();
                fixture.starts.waiving(WAIVING, hour(1)).register();
                return fixture.starts.changingWaivers(RUN, new WaiverChange(List.of(), List.of(hour(1).values())));
            }
        };

        abstract Pass given(RunFixture fixture);
    }

    /** All that lasts. */
    private record State(
            TableRecord record,
            Map<String, String> parameters,
            Map<List<String>, String> partitions,
            Optional<String> report,
            Map<String, String> calendar,
            List<String> history) {
        static State of(RunFixture fixture) {
            Map<List<String>, String> partitions =
                    new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
            fixture.aws
                    .glue()
                    .partitions(FLIGHTS.database(), FLIGHTS.table())
                    .forEach((values, partition) -> partitions.put(
                            values, partition.path("StorageDescriptor") + " " + partition.path("Parameters")));
            return new State(
                    fixture.record(),
                    fixture.parameters(),
                    partitions,
                    fixture.aws.s3().text(RunFixture.STATE, "runs/" + RUN + "/report.json"),
                    registered(new TableHistories(fixture.state).calendar(FLIGHTS)),
                    new TableHistories(fixture.state)
                            .history(FLIGHTS).runs().stream()
                                    .map(entry -> entry.run() + "/" + entry.pass() + " " + entry.status())
                                    .toList());
        }

        /** An invocation that registers a partition again after a crash does not know that it was registered before. */
        private static Map<String, String> registered(Calendar calendar) {
            Map<String, String> rows = new TreeMap<>(calendar.rows());
            rows.replaceAll((name, letters) -> letters.replace('L', 'R'));
            return rows;
        }
    }

    @ParameterizedTest
    @EnumSource
    void crashAtAnyRequestChangesNothingOfTheEnd(Situation situation) {
        RunFixture undisturbed = new RunFixture();
        situation.given(undisturbed).register();
        State expected = State.of(undisturbed);

        int request = 1;
        boolean crashed = true;
        while (crashed) {
            for (Moment moment : Moment.values()) {
                RunFixture fixture = new RunFixture();
                crashed = crash(situation.given(fixture), fixture, request, moment);
                assertThat(State.of(fixture))
                        .as("crash %s request %d", moment, request)
                        .isEqualTo(expected);
            }
            request++;
        }
        assertThat(request).as("requests of an undisturbed invocation").isGreaterThan(8);
    }

    @ParameterizedTest
    @EnumSource
    void lostAnswerOfAnyRequestChangesNothingOfTheEnd(Situation situation) {
        RunFixture undisturbed = new RunFixture();
        situation.given(undisturbed).register();
        State expected = State.of(undisturbed);

        AtomicInteger requests = new AtomicInteger();
        for (int request = 1; requests.get() >= request - 1; request++) {
            for (Moment moment : Moment.values()) {
                RunFixture fixture = new RunFixture();
                Pass pass = situation.given(fixture);
                int lost = request;
                requests.set(0);
                fixture.aws.faults().hook((now, call) -> {
                    int number = now == Moment.BEFORE ? requests.incrementAndGet() : requests.get();
                    return number == lost && now == moment ? Optional.of(new Fault.Drop()) : Optional.empty();
                });
                pass.register();
                fixture.aws.faults().clear();

                assertThat(State.of(fixture))
                        .as("%s request %d", moment, request)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sameInvocationTwiceLeavesWhatItLeftTheFirstTime(Situation situation) {
        RunFixture fixture = new RunFixture();
        Pass pass = situation.given(fixture);
        TableCreatorAnswer first = pass.register();
        State expected = State.of(fixture);

        assertThat(pass.register()).isEqualTo(first);
        assertThat(State.of(fixture)).isEqualTo(expected);
    }

    @Test
    void repeatedInvocationDoesNotWriteToGlue() {
        RunFixture fixture = new RunFixture();
        Pass pass = fixture.pass(RUN, 0, hours(3));
        pass.register();
        fixture.aws.log().reset();

        pass.register();

        assertThat(fixture.aws.log().counts()).doesNotContainKeys("UpdateTable", "BatchUpdatePartition", "CreateTable");
    }

    private static boolean crash(Pass pass, RunFixture fixture, int request, Moment moment) {
        List<String> untruths = new ArrayList<>();
        Crashes crashes = new Crashes(request, moment);
        fixture.aws.faults().hook((now, call) -> {
            untruths.addAll(untruths(pass, fixture));
            return Optional.empty();
        });
        fixture.aws.faults().hook(crashes);
        try {
            pass.register();
        } catch (Crashes.Crash | IllegalStateException e) {
            assertThat(crashes.happened()).as("crash instead of %s", e).isTrue();
        }
        untruths.addAll(untruths(pass, fixture));
        fixture.aws.faults().clear();
        fixture.aws.faults().hook((now, call) -> {
            untruths.addAll(untruths(pass, fixture));
            return Optional.empty();
        });
        pass.register();
        fixture.aws.faults().clear();
        assertThat(untruths).as("crash %s request %d", moment, request).isEmpty();
        return crashes.happened();
    }

    /** The parts of the table's state that are wrong for a reader. */
    private static List<String> untruths(Pass pass, RunFixture fixture) {
        if (!fixture.aws.glue().hasTable(FLIGHTS.database(), FLIGHTS.table())) {
            return List.of();
        }
        Set<List<String>> visible = fixture.registered();
        Set<List<String>> detected = new HashSet<>(RunFixture.valuesOf(pass.partitions()));
        Set<List<String>> failed = new HashSet<>(RunFixture.valuesOf(pass.failedPartitions()));
        String status = fixture.parameters().getOrDefault("fanin.status", "none");
        List<String> untruths = new ArrayList<>();
        if (failed.stream().anyMatch(visible::contains)) {
            untruths.add("a failed partition is registered");
        }
        boolean begun = detected.stream().anyMatch(visible::contains);
        if (begun && !visible.containsAll(detected) && !status.equals("PARTIAL")) {
            untruths.add("an incomplete set is visible, and the status is " + status);
        }
        return untruths;
    }
}
