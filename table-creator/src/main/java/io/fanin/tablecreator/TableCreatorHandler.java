package io.fanin.tablecreator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.fanin.core.aws.AwsClients;
import io.fanin.core.aws.Environment;
import io.fanin.core.aws.Priming;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.execution.ExecutionEnds;
import io.fanin.core.execution.ExecutionStatus;
import io.fanin.core.execution.StepFunctionsStatus;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.lease.Leases;
import io.fanin.core.log.LogContext;
import io.fanin.core.log.StandardOutput;
import io.fanin.core.owner.FolderOwners;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.run.folder.RunFolderException;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.temporary.ProcessFiles;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.history.Overview;
import io.fanin.tablecreator.history.PassHistory;
import io.fanin.tablecreator.metrics.HeldMetric;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.HeldRuns;
import io.fanin.tablecreator.notices.Notices;
import io.fanin.tablecreator.notices.StackListeners;
import io.fanin.tablecreator.registration.Deregistration;
import io.fanin.tablecreator.summary.AllTablesSummarizer;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The table-creator's Lambda function. It registers passes, holds partial runs at the gate, summarizes runs of all
 * tables, and sends missing notifications when executions have ended.
 */
public final class TableCreatorHandler implements RequestStreamHandler {

    private static final String PRIMING = """
            {"action": "register", "run": "priming", "pass": 0, "receipts": [{"batch": 0, "ok": 1, "failed": 0}],
              "execution": {"Id": "arn:aws:states:us-east-1:123456789012:execution:fanin:priming", "Name": "priming"}}
            """;

    private final PassRegistration registration;
    private final Gate gate;
    private final Announcements announcements;
    private final AllTablesSummarizer summarizer;
    private final Priming priming;

    /** Called by Lambda: takes the configuration from the function's environment. */
    public TableCreatorHandler() {
        this(new RequestCounter());
        ProcessFiles.deleteAbandoned();
    }

    private TableCreatorHandler(RequestCounter requests) {
        this(requests, AwsClients.s3(requests));
    }

    private TableCreatorHandler(RequestCounter requests, S3Client s3) {
        this(
                new S3ObjectStore(s3, Environment.required("STATE_BUCKET")),
                s3,
                new GlueCatalog(AwsClients.glue(requests)),
                new StepFunctionsStatus(AwsClients::stepFunctions),
                new StepFunctionsStatus(AwsClients::stepFunctions),
                Clock.systemUTC(),
                Workers.THREADS,
                new Announcer(StackListeners.programs()),
                new Notices(StackListeners.people(), Clock.systemUTC()),
                new TableMetrics(
                        Environment.optional("STACK"),
                        Environment.optional("TABLE_METRICS")
                                .map(TableSeries::of)
                                .orElse(TableSeries.NONE),
                        Clock.systemUTC(),
                        StandardOutput::write),
                requests);
    }

    /**
     * For tests: takes its clients as parameters.
     *
     * @param tables for the buckets of tables
     * @param workers read the results of a pass
     * @param announcer notifies programs
     * @param notices notifies people
     * @param requests counts the requests of the clients
     */
    public TableCreatorHandler(
            ObjectStore state,
            S3Client tables,
            GlueCatalog catalog,
            ExecutionStatus executions,
            ExecutionEnds ends,
            Clock clock,
            Workers workers,
            Announcer announcer,
            Notices notices,
            TableMetrics metrics,
            RequestCounter requests) {
        RunFolders runs = new RunFolders(state);
        TableLease lease = new TableLease(new Leases(state, executions));
        TableRecords records = new TableRecords(state);
        OwnFolder folder = new OwnFolder(new FolderOwners(state), records);
        TableCreator creator = new TableCreator(
                runs,
                records,
                folder,
                workers,
                new PassExecutor.Services(
                        catalog,
                        new Deregistration(catalog, new Inventories(new S3Pages(tables))),
                        new VersionCleanup(state, catalog, spec -> S3ObjectTarget.of(tables, spec), clock),
                        lease,
                        new Inbox(state, workers),
                        new PassHistory(state, runs, metrics.series(), clock)));
        HeldRuns held = new HeldRuns(records, notices, new HeldMetric(metrics, clock, Sleeper.SYSTEM));
        this.gate = new Gate(catalog, runs, records, lease, folder, held);
        this.announcements = new Announcements(
                state, announcer, notices, metrics, new LaterSuccess(new Leases(state, executions), ends, runs));
        this.registration = new PassRegistration(creator, announcements, metrics, requests);
        this.summarizer = new AllTablesSummarizer(
                state,
                ends,
                Sleeper.SYSTEM,
                announcer,
                new Overview(state, catalog, clock, workers),
                metrics,
                held,
                notices);
        this.priming = Priming.with(
                // The stack's databases may have other names.
                Priming.answered(() -> catalog.table(new TableName("fanin", "priming"))),
                PassHistory::prime,
                // There is no such run.
                Priming.refused(
                        RunFolderException.class, PRIMING, (event, answer) -> handleRequest(event, answer, null)));
    }

    Priming priming() {
        return priming;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        LogContext.begin(context == null ? "" : context.getAwsRequestId());
        Object answer = switch (TableCreatorInput.read(input)) {
            case TableCreatorInput.Register register -> {
                LogContext.run(register.run());
                yield registration.register(register);
            }
            case TableCreatorInput.Hold hold -> {
                LogContext.run(hold.run());
                yield gate.hold(hold);
            }
            case TableCreatorInput.Summarize sum -> {
                LogContext.run(sum.run());
                yield summarizer.summary(sum.run(), sum.receipts(), sum.execution());
            }
            case TableCreatorInput.Ended ended -> {
                LogContext.run(new RunId(ended.end().name()));
                yield announcements.ended(ended.end());
            }
        };
        Json.documents().writeValue(output, answer);
    }
}
