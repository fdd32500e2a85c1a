package io.fanin.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionArnTest {

    private static final String EXECUTION = "123456789012:execution:partition-fan-in:";

    /** The Python package links the same pages. */
    @ParameterizedTest
    @CsvFileSource(resources = "/execution-pages.csv", numLinesToSkip = 1)
    void consoleIsThatOfThePartition(String arn, String page) {
        assertThat(new ExecutionArn(arn).console()).hasValue(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "arn:aws:states:eu-west-1/x:" + EXECUTION + "r1",
                "arn:aws-iso:states:us-iso-east-1:" + EXECUTION + "r1",
                "nightly"
            })
    void unknownPartitionsAndOtherTextHaveNoConsole(String text) {
        assertThat(new ExecutionArn(text).console()).isEmpty();
    }

    @Test
    void nameNeverEndsTheAddressOrTheCommand() {
        ExecutionArn arn = new ExecutionArn("arn:aws:states:eu-west-1:" + EXECUTION + "a b'c&d\u202E");

        assertThat(arn.console().orElseThrow()).endsWith(":a%20b%27c%26d%E2%80%AE");
        assertThat(arn.redriveCommand()).isEqualTo("fanin redrive 'a b'\"'\"'c&d?' --aws --region eu-west-1");
    }

    /** They are pasted in a repository, whose command line reaches an emulator unless told otherwise, and elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "eu-west-1, 123456789012, partition-fan-in, fanin redrive r1 --aws --region eu-west-1",
        "eu-west-1, 123456789012, lake, fanin redrive r1 --aws --region eu-west-1 --stack lake",
        "us-east-1, 000000000000, partition-fan-in, fanin redrive r1",
        "eu-west-1, 000000000000, lake, fanin redrive r1 --region eu-west-1 --stack lake",
    })
    void commandReachesTheExecutionsStack(String region, String account, String stack, String command) {
        ExecutionArn arn = new ExecutionArn("arn:aws:states:%s:%s:execution:%s:r1".formatted(region, account, stack));

        assertThat(arn.redriveCommand()).isEqualTo(command);
    }
}
