package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The build's dependencies from other sources are unchanged since they were chosen. */
class SupplyChainTest {

    @Test
    void mavenRefusesWhatDoesNotMatchItsChecksum() {
        assertThat(Repository.text(Repository.ROOT.resolve(".mvn").resolve("maven.config")))
                .contains("--strict-checksums");
    }

    @Test
    void emulatorImageIsNamedByItsDigest() {
        assertThat(Repository.emulatorImage()).matches("localstack/localstack:[0-9.]+@sha256:[0-9a-f]{64}");
    }
}
