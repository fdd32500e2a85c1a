package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last notice of what is wrong with a table. It is part of the table's record, which a pass
 * reads anyway, so that no request is needed to see that there is nothing new to report.
 *
 * @param since when the first notice was sent
 * @param at when the last notice was sent
 * @param changes how many notices since the last reminder reported other partitions
 * @param state identifies what is wrong: differs if that has changed
 * @param causes names of the errors reported since the first notice
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SentNotice(Instant since, Instant at, int changes, String state, List<String> causes) {

    public SentNotice {
        causes = causes == null ? List.of() : List.copyOf(causes);
    }

    /**
     * The record after notices were sent.
     *
     * @param news the notices by listener; empty if nothing is wrong any more
     */
    public static TableRecord noted(TableRecord record, Map<String, Optional<SentNotice>> news) {
        Map<String, SentNotice> told = new HashMap<>(record.told());
        news.forEach((listener, notice) ->
                notice.ifPresentOrElse(one -> told.put(listener, one), () -> told.remove(listener)));
        TableRecordFields fields = new TableRecordFields(record);
        fields.told = told;
        return fields.record();
    }
}
