package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import org.junit.jupiter.api.Test;

/** The stack and the rights to use it are checked one by one. */
class DoctorCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void doctorTellsWhatIsThere() {
        Done done = cli.run("doctor");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).hasSize(7).allMatch(line -> line.startsWith("ok "));
        assertThat(done.out()).contains("as arn:aws:iam::000000000000:user/ann");
    }

    @Test
    void doctorTellsVersionsThatDiffer() {
        cli.outputs.put("Version", "0.0.1");

        Done done = cli.run("doctor", "--output", "json");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.json().fieldNames()).toIterable().containsExactly("ok", "checks");
        assertThat(done.json().path("ok").asBoolean()).isFalse();
        assertThat(done.out()).contains("the functions are of version 0.0.1");
    }

    @Test
    void doctorTellsWhatMayNotBeReadAndGoesOn() {
        cli.aws.s3().deny(CliFixture.BUCKET, "");

        Done done = cli.run("doctor");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines())
                .anyMatch(line -> line.startsWith("MISSING  state bucket: "))
                .anyMatch(line -> line.startsWith("ok       catalog: "));
    }

    @Test
    void doctorTellsThatThereIsNoStack() {
        Done done = cli.run("doctor", "--stack", "other");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines().getLast())
                .startsWith("MISSING  stack other: there is no stack other at AWS; deploy it");
    }
}
