package io.fanin.pages;

import static io.fanin.pages.PageFixture.NOW;
import static io.fanin.pages.PageFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.pages.view.ProposalsPage;
import io.fanin.pages.view.ProposalsPage.Row;
import io.fanin.pages.view.ProposalsPage.Verdict;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ProposalsPageTest {

    private static final String HOSTILE = "<script>alert(1)</script>\"'";

    private static final Document PAGE = PageFixture.read(HtmlPages.html(ProposalsPage.of(
            "raw_*",
            List.of(
                    new Row("raw.ready", Verdict.READY, "24", "2", List.of("certain: hive"), "{\n  \"table\": 1\n}"),
                    new Row("raw." + HOSTILE, Verdict.DECIDE, "", "", List.of("decide: " + HOSTILE), HOSTILE),
                    new Row("raw.left", Verdict.LEFT_OUT, "", "", List.of("decide: it is a view"), "")),
            NOW)));

    @Test
    void whatNeedsADecisionComesFirst() {
        assertThat(texts(PAGE, "tbody tr td:first-child")).containsExactly("raw." + HOSTILE, "raw.ready", "raw.left");
        assertThat(texts(PAGE, ".lead")).containsExactly("3 tables \u00b7 1 for a person to decide");
        assertThat(texts(PAGE, ".pill")).containsExactly("a person has to decide", "ready", "left out");
    }

    @Test
    void specIsShownAsItIsWritten() {
        assertThat(PAGE.select("pre").getLast().wholeText()).isEqualTo("{\n  \"table\": 1\n}");
        assertThat(PAGE.select("pre")).hasSize(2);
    }

    @Test
    void hostileTextsStayTexts() {
        assertThat(PAGE.select("script")).isEmpty();
        assertThat(PAGE.select("pre").getFirst().text()).isEqualTo(HOSTILE);
    }
}
