package io.fanin.core.answer;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.fanin.model.run.RunId;
import java.util.List;

/**
 * The detector's answer to the state machine of all tables.
 *
 * @param items key in the state bucket
 * @param tables the number of items
 * @param upToDate the number of tables that are no items because they are up to date
 * @param leftOut the number of tables and specs that are left out
 * @param receipts empty: Sum up reads the receipts of the Map, and may follow without it. In the output of the Map, the
 *     answers of its iterations, including {@code null}.
 */
public record TablesAnswer(
        RunId run,
        Next next,
        String items,
        int tables,
        int upToDate,
        int leftOut,
        @JsonSetter(contentNulls = Nulls.SET) List<Object> receipts)
        implements StepAnswer.OfAllTables {

    /** The step that follows the state {@code Any tables?}. */
    public enum Next {
        /** The Map over the tables. */
        RUN,
        /** The summary at once: all tables are up to date or left out, or the run looked at all and there is none. */
        SUM_UP,
        /** The end: the run looked at some tables, and there is none but disabled ones. */
        NOTHING,
        /** The end of a dry run, which only selects the tables. */
        PLANNED
    }
}
