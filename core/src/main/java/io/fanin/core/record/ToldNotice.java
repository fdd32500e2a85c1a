package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people were told last of what is wrong with a table. It lies in the table's record, which a pass reads and holds anyway:
 * to know that there is nothing new to tell takes no request.
 *
 * @param since when they were told for the first time
 * @param at when they were told last
 * @param changes how often they were told since the last reminder that other partitions are concerned than before
 * @param state tells what is wrong from what was wrong before
 * @param causes what they were told of since the beginning: names of errors
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ToldNotice(Instant since, Instant at, int changes, String state, List<String> causes) {

    public ToldNotice {
        causes = causes == null ? List.of() : List.copyOf(causes);
    }

    /**
     * The record after somebody was told something.
     *
     * @param news by what tells it; empty for that it is over
     */
    public static TableRecord noted(TableRecord record, Map<String, Optional<ToldNotice>> news) {
        Map<String, ToldNotice> told = new HashMap<>(record.told());
        news.forEach((listener, notice) ->
                notice.ifPresentOrElse(one -> told.put(listener, one), () -> told.remove(listener)));
        TableRecordFields fields = new TableRecordFields(record);
        fields.told = told;
        return fields.record();
    }
}
