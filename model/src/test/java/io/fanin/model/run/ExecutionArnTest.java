package io.fanin.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionArnTest {

    private static final String EXECUTION = "123456789012:execution:partition-fan-in:";

    @ParameterizedTest
    @CsvSource({
        "arn:aws:states:eu-west-1:, https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1",
        "arn:aws-cn:states:cn-north-1:, https://console.amazonaws.cn/states/home?region=cn-north-1",
        "arn:aws-us-gov:states:us-gov-west-1:, https://console.amazonaws-us-gov.com/states/home?region=us-gov-west-1",
    })
    void consoleIsThatOfThePartition(String begin, String expected) {
        String arn = begin + EXECUTION + "r1";

        assertThat(new ExecutionArn(arn).console()).hasValue(expected + "#/v2/executions/details/" + arn);
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
        assertThat(arn.redriveCommand()).isEqualTo("fanin redrive 'a b'\"'\"'c&d?'");
    }

    @Test
    void commandsNameAnotherStackThanTheUsualOne() {
        String arn = "arn:aws:states:eu-west-1:123456789012:execution:%s:r1";

        assertThat(new ExecutionArn(arn.formatted("partition-fan-in")).redriveCommand())
                .isEqualTo("fanin redrive r1");
        assertThat(new ExecutionArn(arn.formatted("lake")).redriveCommand()).isEqualTo("fanin redrive r1 --stack lake");
    }
}
