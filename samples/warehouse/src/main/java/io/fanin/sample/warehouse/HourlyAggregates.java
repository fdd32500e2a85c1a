package io.fanin.sample.warehouse;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.fanin.warehouse.job.HourlyQuery;
import java.util.Map;

/** The job that counts clicks and impressions of the hour that is over. */
public final class HourlyAggregates implements RequestHandler<Map<String, String>, String> {

    private final HourlyQuery query = HourlyQuery.fromEnvironment();

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
        return query.run(event, """
                SELECT 'click' AS event_type, cast(count(*) AS integer) AS "count", '${hour}' AS "time"
                FROM clicks WHERE inserted_at = '${hour}'
                UNION ALL
                SELECT 'impression', cast(count(*) AS integer), '${hour}'
                FROM impressions WHERE inserted_at = '${hour}'""");
    }
}
