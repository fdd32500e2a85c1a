package io.fanin.tablecreator.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.RunId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Foreign text is neither markup nor a link in a chat, wherever a notice shows it. */
class ChatMarkupTest {

    private static final String HOSTILE = "[pay](https://evil.example) *now* <!channel> ~x~ `@here`";

    @Test
    void nothingFromOutsideIsMarkup() {
        String sent = ChatNotice.of(new Notice(
                1,
                "id",
                "new",
                new RunId("nightly-1"),
                "arn",
                HOSTILE,
                "Table " + HOSTILE + " is partial",
                "what",
                "why",
                "2013-02-10T00:00:00Z",
                List.of(),
                "https://console.example/",
                "fanin redrive nightly-1"));

        assertThat(sent).doesNotContain("evil.example)", "](", "//evil", "<!", "@", "*now*", "~x~");
        assertThat(sent).contains("Table ?pay??https:?evil.example? ?now? ??channel? ?x? ??here? is partial");
    }
}
