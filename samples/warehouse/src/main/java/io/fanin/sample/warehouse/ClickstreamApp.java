package io.fanin.sample.warehouse;

import software.amazon.awscdk.App;
import software.amazon.awscdk.services.lambda.Code;

/** What {@code cdk} starts. */
public final class ClickstreamApp {

    private ClickstreamApp() {}

    public static void main(String[] args) {
        App app = new App();
        new ClickstreamStack(app, "clickstream", Code.fromAsset("target/job"));
        app.synth();
    }
}
