package io.fanin.tablecreator.summary;

import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.run.RunId;
import io.fanin.core.run.TableStatus;
import java.util.Map;

/**
 * The result of a run of all tables, as counts and references.
 *
 * @param report the URI of the report
 */
public record Summary(RunId run, TableStatus status, Map<TableOutcome, Long> totals, int leftOut, String report) {}
