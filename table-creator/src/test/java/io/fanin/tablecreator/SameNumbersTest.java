package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.model.json.Json;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.RunCount;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer, the report, the event, the table's parameters and the exception of a pass have the same numbers. */
class SameNumbersTest {

    /** The outcome of a pass, with the numbers in all of its outputs. */
    enum Outcome {
        COMPLETE(TableStatus.COMPLETE, 3, 0, 0, 0, 0) {
            @Override
            Pass given(RunFixture fixture) {
                return fixture.pass(RUN, 0, hours(3));
            }
        },
        PARTIAL(TableStatus.PARTIAL, 22, 2, 0, 0, 0) {
            @Override
            Pass given(RunFixture fixture) {
                return fixture.pass(RUN, 0, hours(24)).failing(3, 17);
            }
        },
        PARTIAL_FOR_AN_EARLIER_RUN_TOO(TableStatus.PARTIAL, 2, 2, 0, 0, 0) {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(LATER_RUN, 0, hours(2)).failing(1).register();
                return fixture.pass(RUN, 0, hour(2), hour(3), hour(4)).failing(0);
            }
        },
        HEALED_BY_A_REDRIVE(TableStatus.COMPLETE, 4, 0, 0, 0, 0) {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(RUN, 0, hours(4)).failing(1, 3).register();
                return fixture.pass(RUN, 1, hour(1), hour(3));
            }
        },
        PARTLY_HEALED_BY_A_REDRIVE(TableStatus.PARTIAL, 3, 1, 0, 0, 0) {
            @Override
            Pass given(RunFixture fixture) {
                fixture.pass(RUN, 0, hours(4)).failing(1, 3).register();
                return fixture.pass(RUN, 1, hour(1), hour(3)).failing(1);
            }
        },
        SET_ASIDE(TableStatus.PARTIAL, 1, 2, 1, 0, 0) {
            @Override
            Pass given(RunFixture fixture) {
                twoAttempts(fixture.pass(LATER_RUN, 0, hour(1)).failing(0), fixture, LATER_RUN)
                        .register();
                return twoAttempts(fixture.pass(RUN, 0, hours(3)).failing(1, 2), fixture, RUN);
            }
        },
        MISSING(TableStatus.PARTIAL, 2, 0, 0, 3, 0) {
            @Override
            Pass given(RunFixture fixture) {
                return countingGaps(fixture.pass(RUN, 0, hour(0), hour(4)).missing(3), fixture);
            }
        },
        MISSING_AND_FAILED(TableStatus.PARTIAL, 1, 1, 0, 3, 0) {
            @Override
            Pass given(RunFixture fixture) {
                return countingGaps(
                        fixture.pass(RUN, 0, hour(0), hour(4)).failing(1).missing(3), fixture);
            }
        },
        WITHOUT_BAD_RECORDS(TableStatus.COMPLETE, 2, 0, 0, 0, 7) {
            @Override
            Pass given(RunFixture fixture) {
                return lacking(fixture.pass(RUN, 0, hours(2)));
            }
        },
        PARTIAL_AND_WITHOUT_BAD_RECORDS(TableStatus.PARTIAL, 2, 1, 0, 0, 7) {
            @Override
            Pass given(RunFixture fixture) {
                return lacking(fixture.pass(RUN, 0, hours(3)).failing(2));
            }
        };

        private final TableStatus status;
        private final long registered;
        private final long outstanding;
        private final long setAside;
        private final long missing;
        private final long badRecords;

        Outcome(TableStatus status, long registered, long outstanding, long setAside, long missing, long badRecords) {
            this.status = status;
            this.registered = registered;
            this.outstanding = outstanding;
            this.setAside = setAside;
            this.missing = missing;
            this.badRecords = badRecords;
        }

        Numbers numbers() {
            return new Numbers(status, registered, outstanding, setAside, missing, badRecords);
        }

        abstract Pass given(RunFixture fixture);

        private static Pass lacking(Pass pass) {
            return pass.result(new BatchResult(0, List.of(Pass.lacking(hour(0), 7))));
        }

        private static Pass twoAttempts(Pass pass, RunFixture fixture, RunId run) {
            fixture.writeSpec(run, OnPartial.FAIL, detection("{\"mode\":\"list\",\"maxAttempts\":2}"));
            return pass;
        }

        private static Pass countingGaps(Pass pass, RunFixture fixture) {
            fixture.writeSpec(RUN, OnPartial.FAIL, detection("{\"mode\":\"list\",\"gaps\":\"outstanding\"}"));
            return pass;
        }

        private static DetectionSpec detection(String json) {
            return Json.read(json, DetectionSpec.class, "detection");
        }
    }

    /** The numbers of a table in one of the outputs. */
    record Numbers(
            TableStatus status, long registered, long outstanding, long setAside, long missing, long badRecords) {

        static Numbers of(RunReport report) {
            return new Numbers(
                    report.status(),
                    report.counts().registered(),
                    report.counts().outstanding(),
                    report.counts().setAside(),
                    report.counts().missing().orElse(0),
                    report.counts().badRecords().orElse(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void allWhoTellOfAPassTellTheSameNumbers(Outcome outcome) {
        RunFixture fixture = new RunFixture();

        TableCreatorAnswer answer = outcome.given(fixture).registerAndTell();

        RunReport report = fixture.report(RUN);
        assertThat(Numbers.of(report)).as("report").isEqualTo(outcome.numbers());
        assertThat(new Numbers(
                        answer.status(),
                        answer.counts().registered(),
                        answer.counts().outstanding(),
                        answer.counts().setAside(),
                        answer.counts().missing().orElse(0),
                        answer.counts().badRecords().orElse(0)))
                .as("answer")
                .isEqualTo(outcome.numbers());
        assertThat(ofParameters(fixture.parameters(), outcome)).as("parameters").isEqualTo(outcome.numbers());
        assertThat(ofWords(new TablePartialException(report).getMessage()))
                .as("words")
                .isEqualTo(outcome.numbers());
        JsonNode event = json(fixture.sent
                .runEvents()
                .findFirst()
                .orElseThrow()
                .path("Detail")
                .textValue());
        assertThat(new Numbers(
                        TableStatus.valueOf(event.path("status").asText()),
                        event.path("registered").asLong(-1),
                        event.path("outstanding").asLong(-1),
                        event.path("setAside").asLong(-1),
                        event.path("missing").asLong(0),
                        event.path("badRecords").asLong(0)))
                .as("event")
                .isEqualTo(outcome.numbers());
        for (RunCount count : RunCount.values()) {
            OptionalLong number = count.of(report.counts());
            assertThat(count.of(answer.counts())).as("%s of the answer", count).isEqualTo(number);
            assertThat(event.path(count.field()).asLong())
                    .as("%s of the event", count)
                    .isEqualTo(number.orElse(0));
            assertThat(Schemas.properties("event-1")).contains(count.field());
            assertThat(Schemas.properties("run-report-1")).contains(count.field());
        }
        assertThat(event.path("completeThrough").asText())
                .isEqualTo(report.progress().completeThrough().orElse(""));
        assertThat(Schemas.errors("event-1", event)).isEmpty();
        assertThat(Schemas.errors(
                        "run-report-1",
                        json(fixture.aws
                                .s3()
                                .text(RunFixture.STATE, "runs/nightly-1/report.json")
                                .orElseThrow())))
                .isEmpty();
        assertThat(answer.links().report()).isEqualTo("s3://state/runs/nightly-1/report.json");
        assertThat(answer.counts().failed()).isEqualTo(report.counts().failed());
        assertThat(Optional.ofNullable(fixture.parameters().get("fanin.complete_through")))
                .isEqualTo(report.progress().completeThrough());
        assertThat(fixture.parameters()).containsEntry("fanin.run", "s3://state/runs/nightly-1/");
    }

    private static Numbers ofParameters(Map<String, String> parameters, Outcome outcome) {
        return new Numbers(
                TableStatus.valueOf(parameters.get("fanin.status")),
                Long.parseLong(parameters.get("fanin.registered")),
                Long.parseLong(parameters.get("fanin.failed")),
                outcome.setAside,
                Long.parseLong(parameters.getOrDefault("fanin.missing", "0")),
                outcome.badRecords);
    }

    private static Numbers ofWords(String words) {
        return new Numbers(
                words.startsWith("Table analytics.flights is partial: ") ? TableStatus.PARTIAL : TableStatus.COMPLETE,
                number(words, "(\\d+) partitions? registered").orElse(-1),
                number(words, "(\\d+) outstanding").orElse(-1),
                number(words, "(\\d+) of them set aside").orElse(0),
                number(words, "(\\d+) periods? missing").orElse(0),
                number(words, "(\\d+) raw records? left out as bad").orElse(0));
    }

    private static OptionalLong number(String words, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(words);
        List<Long> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(Long.parseLong(matcher.group(1)));
        }
        return found.size() == 1 ? OptionalLong.of(found.get(0)) : OptionalLong.empty();
    }
}
