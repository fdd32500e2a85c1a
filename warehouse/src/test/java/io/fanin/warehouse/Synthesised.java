package io.fanin.warehouse;

import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.Code;

/** A stack with a warehouse over a pipeline that is deployed, and its template. */
final class Synthesised {

    static final Pipeline DEPLOYED = Pipeline.deployed(
            "arn:aws:states:eu-central-1:123456789012:stateMachine:fanin",
            "arn:aws:states:eu-central-1:123456789012:stateMachine:fanin-all",
            "arn:aws:sqs:eu-central-1:123456789012:fanin-events");

    private final Stack stack;
    private final ServerlessDataWarehouse warehouse;

    private Synthesised(Map<String, Object> context, UnaryOperator<ServerlessDataWarehouse.Builder> settings) {
        App app = new App(
                AppProps.builder().context(context).analyticsReporting(false).build());
        this.stack = new Stack(app, "test");
        this.warehouse = settings.apply(ServerlessDataWarehouse.Builder.create(stack, "analytics_dw"))
                .build();
    }

    static Synthesised of(UnaryOperator<ServerlessDataWarehouse.Builder> settings) {
        return new Synthesised(Map.of(), builder -> settings.apply(builder.pipeline(DEPLOYED)));
    }

    static Synthesised plain() {
        return of(UnaryOperator.identity());
    }

    static Synthesised withContext(
            Map<String, Object> context, UnaryOperator<ServerlessDataWarehouse.Builder> settings) {
        return new Synthesised(context, settings);
    }

    static StreamingInputTable.Builder clicks() {
        return StreamingInputTable.builder()
                .columns(Column.string("id"), Column.string("session_id"), Column.timestamp("event_time"));
    }

    static BatchJob job() {
        return BatchJob.of(Code.fromAsset("src/test/resources/job"), "com.example.Aggregates");
    }

    Stack stack() {
        return stack;
    }

    ServerlessDataWarehouse warehouse() {
        return warehouse;
    }

    Template template() {
        return Template.fromStack(stack);
    }
}
