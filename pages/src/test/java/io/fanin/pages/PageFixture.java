package io.fanin.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.LastResults;
import io.fanin.core.history.Calendar;
import io.fanin.core.history.PassPeriods;
import io.fanin.core.history.RunEntry;
import io.fanin.core.history.StackHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunStart;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.json.Json;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableName;
import io.fanin.pages.view.RunPage;
import io.fanin.pages.view.StoredRun;
import io.fanin.pages.view.TablePage;
import io.fanin.pages.view.TablesPage;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Documents as passes leave them, and pages as a browser reads them. */
final class PageFixture {

    static final TableName FLIGHTS = new TableName("analytics", "flights");
    static final RunId RUN = new RunId("flights-20130209T1405");
    static final Instant NOW = Instant.parse("2013-02-09T14:06:00Z");
    static final Instant SINCE = Instant.parse("2013-02-08T18:05:00Z");
    static final String ARN = "arn:aws:states:eu-west-1:123456789012:execution:partition-fan-in:" + RUN;
    /** How often a partition has failed, in the report as in the table's record. */
    static final int ATTEMPTS = 3;

    static final List<PartitionKey> KEYS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    static final LocalDateTime FAILED = LocalDateTime.parse("2013-02-08T17:00");

    /** An upper bound of a page's size. */
    static final int MEGABYTE = 1_000_000;

    static final String FAILURE = """
            "failures": [{"partition": "dt=2013-02-08/hour=17", "values": ["2013-02-08", "17"], "prefix": "f/", "attempts": 3,
                          "error": "Truncated", "message": "object flights.json.gz ended", "since": "2013-02-08T18:05:00Z"}]""";

    static final String START = """
            {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "json",
             "columns": [], "partitionKeys": [], "layout": "hive", "processor": {"type": "validate"},
             "requests": {"Glue GetTable": 1, "S3 ListObjectsV2": 1234}}""";

    private PageFixture() {}

    /** A report of a pass with these fields beside its head. */
    static RunReport report(String fields) {
        return report(23, fields);
    }

    static RunReport report(int registered, String fields) {
        return Json.read("""
                {"version": 1, "run": "%s", "pass": 0, "table": "analytics.flights", "location": "s3://lake/flights/",
                 "execution": "%s", "begun": "2013-02-09T14:05:00Z", "status": "PARTIAL", "registered": %d, "failed": 1,
                 "outstanding": 1, %s}
                """.formatted(RUN, ARN, registered, fields), RunReport.class, "report.json");
    }

    static OutstandingFailure failure(PartitionValues values, String error, String message) {
        Partition partition = new Partition(values, "flights/" + values.hashCode() + "/");
        return new OutstandingFailure(partition, ATTEMPTS, Failure.ofPartition(error, message), RUN, 0)
                .ofDataReadAt(SINCE);
    }

    static TableRecord failing(List<OutstandingFailure> failures) {
        return TableRecord.NEW.withFailures(failures, new EquivalentValues(KEYS));
    }

    static TableHistory history(RunReport report) {
        return history(report, KEYS);
    }

    static TableHistory history(RunReport report, List<PartitionKey> keys) {
        return history(report, keys, true);
    }

    static TableHistory history(RunReport report, List<PartitionKey> keys, boolean held) {
        TableHistory.Subject subject = new TableHistory.Subject("s3://lake/flights/", "hive", "json", "validate", keys);
        return TableHistory.NEW.after(report, RunEntry.of(report, NOW, 24, held), subject, List.of());
    }

    static PartitionValues hour(LocalDateTime moment) {
        return PartitionValues.of(moment.toLocalDate().toString(), String.valueOf(moment.getHour()));
    }

    /** A calendar with this number of hours up to now, all of them registered. */
    static Calendar hours(int count) {
        LocalDateTime last = LocalDateTime.parse("2013-02-09T13:00");
        return Calendar.NEW.after(pass(
                IntStream.range(0, count)
                        .mapToObj(
                                i -> new PassPeriods.Registered(hour(last.minusHours(i)), false, OptionalLong.empty()))
                        .toList(),
                Optional.empty()));
    }

    /** A calendar with these hours of a table whose keys are in a zone, all of them registered. */
    static Calendar hours(KeyZone zone, LocalDateTime... hours) {
        return Calendar.NEW.after(pass(
                Stream.of(hours)
                        .map(moment -> new PassPeriods.Registered(hour(moment), false, OptionalLong.empty()))
                        .toList(),
                Optional.of(zone)));
    }

    /** The same calendar after another run that has processed a period again. */
    static Calendar again(Calendar calendar, RunId run, LocalDateTime moment) {
        PassPeriods pass =
                pass(List.of(new PassPeriods.Registered(hour(moment), true, OptionalLong.empty())), Optional.empty());
        return calendar.after(
                new PassPeriods(run, 0, NOW, pass.scope(), KEYS, pass.registered(), pass.gone(), pass.detection()));
    }

    private static PassPeriods pass(List<PassPeriods.Registered> registered, Optional<KeyZone> zone) {
        ProgressScope scope = new ProgressScope(
                "s3://lake/flights/", "hive", List.of("dt", "hour"), Optional.empty(), Optional.empty(), zone);
        return new PassPeriods(RUN, 0, NOW, scope, KEYS, registered, List.of(), Optional.empty());
    }

    /** The page as a browser reads it; verifies that its policy forbids all requests, and that it makes none. */
    static Document read(String html) {
        Document page = Jsoup.parse(html);
        assertThat(page.select(
                        "script, link, img, iframe, object, embed, form, base, [src], [style], [onclick], [onload]"))
                .as("what could load or run anything")
                .isEmpty();
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(page.select("a[href]"))
                .extracting(link -> link.attr("href"))
                .allSatisfy(target -> assertThat(target)
                        .matches("https://[a-z0-9.-]*console[a-z0-9.-]*\\.(com|cn)/.*|(\\.\\./)*[A-Za-z0-9_.+~/-]+"));
        return page;
    }

    static List<String> texts(Document page, String query) {
        return page.select(query).stream().map(Element::text).toList();
    }

    static Document run(RunReport report, Optional<String> detection) {
        return read(html(report, detection));
    }

    /** The page of a run that began with this document. */
    static Document run(RunReport report, String start) {
        return read(html(report, Optional.empty(), TableSeries.NONE, start));
    }

    static String html(RunReport report) {
        return html(report, Optional.empty());
    }

    /** The page of a run that is in the history. */
    static String html(RunReport report, Optional<String> detection) {
        return html(report, detection, TableSeries.NONE);
    }

    /** The page in a stack whose tables have these metrics. */
    static Document run(RunReport report, TableSeries series) {
        return read(html(report, Optional.empty(), series));
    }

    private static String html(RunReport report, Optional<String> detection, TableSeries series) {
        return html(report, detection, series, START);
    }

    private static String html(RunReport report, Optional<String> detection, TableSeries series, String start) {
        StoredRun run = new StoredRun(
                report,
                history(report).lastRun(),
                Optional.of(Json.read(start, RunStart.class, "spec.json")),
                detection.map(text -> Json.read(text, DetectionReport.class, "detection")));
        return HtmlPages.html(RunPage.of(run, series, NOW));
    }

    static Document table(TableHistory history, Calendar calendar, TableRecord record) {
        return read(HtmlPages.html(TablePage.of(FLIGHTS, history, calendar, record, NOW)));
    }

    static Document tables(Map<TableName, TableHistory> histories, String report) {
        AllTablesReport run = Json.read(report, AllTablesReport.class, "report.json");
        return read(HtmlPages.html(TablesPage.of(
                new StackHistories(histories, Map.of()),
                run,
                LastResults.NONE.after(new LastResults.Ended(run, NOW, true)),
                NOW)));
    }
}
