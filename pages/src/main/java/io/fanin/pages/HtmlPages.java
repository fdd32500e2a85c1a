package io.fanin.pages;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.fanin.pages.templates.JtemessageGenerated;
import io.fanin.pages.templates.JteproposalsGenerated;
import io.fanin.pages.templates.JterunGenerated;
import io.fanin.pages.templates.JtetableGenerated;
import io.fanin.pages.templates.JtetablesGenerated;
import io.fanin.pages.view.Controls;
import io.fanin.pages.view.Frame;
import io.fanin.pages.view.ProposalsPage;
import io.fanin.pages.view.RunPage;
import io.fanin.pages.view.TablePage;
import io.fanin.pages.view.TablesPage;
import java.util.function.Consumer;

/**
 * Renders pages as HTML. The templates are compiled with the module; all texts of a page are escaped when they are
 * inserted.
 */
public final class HtmlPages {

    private HtmlPages() {}

    public static String html(RunPage page) {
        return html(page, Controls.NONE);
    }

    public static String html(RunPage page, Controls controls) {
        return written(output -> JterunGenerated.render(output, null, page, controls));
    }

    public static String html(TablePage page) {
        return html(page, Controls.NONE);
    }

    public static String html(TablePage page, Controls controls) {
        return written(output -> JtetableGenerated.render(output, null, page, controls));
    }

    public static String html(TablesPage page) {
        return html(page, Controls.NONE);
    }

    public static String html(TablesPage page, Controls controls) {
        return written(output -> JtetablesGenerated.render(output, null, page, controls));
    }

    public static String html(ProposalsPage page) {
        return written(output -> JteproposalsGenerated.render(output, null, page));
    }

    /** A page without content of its own. */
    public static String html(Frame frame, Controls controls) {
        return written(output -> JtemessageGenerated.render(output, null, frame, controls));
    }

    private static String written(Consumer<OwaspHtmlTemplateOutput> template) {
        TemplateOutput output = new StringOutput();
        template.accept(new OwaspHtmlTemplateOutput(output));
        return output.toString();
    }
}
