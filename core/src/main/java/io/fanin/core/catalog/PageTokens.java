package io.fanin.core.catalog;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The tokens of the pages of a listing in Glue. */
public final class PageTokens {

    private final GlueCall call;
    private final Set<String> seen = new HashSet<>();

    /** @param call that lists */
    public PageTokens(GlueCall call) {
        this.call = call;
    }

    /**
     * The token of the next page; empty after the last page, the only one without a token.
     *
     * @param token in Glue's answer
     * @throws CatalogUnavailableException if an earlier page had the same, so that the pages would never end
     */
    public Optional<String> next(String token) {
        Optional<String> next = Optional.ofNullable(token).filter(text -> !text.isEmpty());
        if (next.isPresent() && !seen.add(next.get())) {
            throw new CatalogUnavailableException("Glue's " + call.operation() + " for " + call.subject()
                    + " came back to a page that it had given before, so that its pages would never end; run it again"
                    + " later");
        }
        return next;
    }
}
