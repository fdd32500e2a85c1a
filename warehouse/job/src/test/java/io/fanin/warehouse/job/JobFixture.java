package io.fanin.warehouse.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job whose query's result is two objects. */
final class JobFixture {

    static final Map<String, String> ENVIRONMENT = Map.of(
            "WAREHOUSE_DATABASE", "analytics_dw",
            "WAREHOUSE_TABLE", "aggregates",
            "WAREHOUSE_FORMAT", "json",
            "WAREHOUSE_DATA_BUCKET", "data",
            "WAREHOUSE_RESULTS_BUCKET", "results",
            "WAREHOUSE_WORK_GROUP", "group");

    static final Map<String, String> EVENT = Map.of("id", "one", "time", "2013-02-08T18:30:00Z");
    static final Map<String, String> BY_HAND = Map.of("hour", "2013/02/08/17");
    static final String SQL = "SELECT count(*) FROM clicks WHERE inserted_at = '${hour}'";
    static final String FOLDER = "data/aggregates/2013/02/08/17/";
    static final String MARKER = FOLDER + "_SUCCESS";

    /** A time before all queries. */
    static final Clock STARTED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private static final Pattern TARGET = Pattern.compile("TO 's3://(results/[^']+)'");

    final FakeObjects s3 = new FakeObjects();
    final FakeAthena athena = new FakeAthena(this::unload);
    final List<Long> pauses = new ArrayList<>();
    final HourlyQuery query = new HourlyQuery(athena, s3, ENVIRONMENT, pause -> pauses.add(pause.toSeconds()), STARTED);

    private void unload(String sql) {
        Matcher target = TARGET.matcher(sql);
        assertThat(target.find()).isTrue();
        s3.with(target.group(1) + "20130208_abc_1.gz").with(target.group(1) + "20130208_abc_2.gz");
    }

    void run(Map<String, String> event) {
        query.run(event, SQL);
    }

    /** The objects of the hour with their ETags, without the marker. */
    Map<String, String> content() {
        Map<String, String> content = new TreeMap<>(s3.etags(FOLDER));
        content.remove(MARKER);
        return content;
    }

    /** The name of a result's object, by the numbers of the query and of the object, both from 0. */
    String part(int query, int number) {
        String token = athena.queries().get(query).clientRequestToken();
        return FOLDER + "part-%05d-%s.gz".formatted(number, token.substring(0, 16));
    }
}
