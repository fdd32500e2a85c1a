package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An option that would have no effect is refused, before anything is asked of AWS. */
class OptionsTogetherTest {

    private final CliFixture cli = new CliFixture();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status analytics.flights --all all-1|give a table, or --all, and not both",
                "init analytics.flights --folder specs|--folder and --force are for --database",
                "init s3://lake/flights/ --force|--folder and --force are for --database",
                "init analytics.flights --cut-over --folder specs|--folder and --force are for --database",
                "init --database raw --force|--force is for --folder",
                "query --csv --output json select|--csv and --output=json exclude each other",
                "plan --every 1d {}|--every is for --month",
                "tables --every=1d|--every is for --month",
            })
    void optionWithoutEffectIsRefused(String words, String error) {
        Done done = cli.run(words.split(" "));

        assertThat(done.code()).as(done.out() + done.err()).isEqualTo(2);
        assertThat(done.err()).contains(error);
        assertThat(cli.requests()).isZero();
    }
}
