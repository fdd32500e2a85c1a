package io.fanin.fakes;

import io.fanin.core.aws.WholeAnswers;
import io.fanin.fakes.FaultHook.Moment;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * A service in memory in place of the SDK's HTTP client: logs each call and applies faults before or after its effect.
 */
abstract sealed class FakeService implements SdkHttpClient permits FakeS3, FakeGlue, FakeEventBridge, FakeSns {

    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    /** Bytes of bodies that were read and not kept. */
    private final LongAdder drained = new LongAdder();

    private final RequestLog log;
    private final Faults faults;

    FakeService(RequestLog log, Faults faults) {
        this.log = log;
        this.faults = faults;
    }

    public RequestLog log() {
        return log;
    }

    public Faults faults() {
        return faults;
    }

    /** Whether a request's body is to be held in memory; else it is read to its end and taken to be empty. */
    boolean isKept(SdkHttpRequest request) {
        return true;
    }

    long drained() {
        return drained.sum();
    }

    /** The call in a request. Never refuses: an invalid request is a call, too. */
    abstract Call describe(Request request);

    /** Executes the request. */
    abstract Response answer(Call call, Request request);

    /** An error in the service's own format. */
    abstract Response error(Request request, Fault.Fail error);

    /** The SDK's standard retries, without waiting. */
    public static RetryStrategy promptRetries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .build();
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C connect(
            B builder, RetryStrategy retries, List<ExecutionInterceptor> interceptors) {
        return builder.httpClient(this)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(config -> config.retryStrategy(retries)
                        .executionInterceptors(interceptors)
                        .addExecutionInterceptor(new WholeAnswers())
                        .defaultProfileFile(NO_PROFILES))
                .build();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return serve(isKept(request.httpRequest()) ? Request.of(request) : Request.drained(request, drained))
                        .toHttp();
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}

    private Response serve(Request request) throws IOException {
        Call call = describe(request);
        log.add(call);
        Optional<Fault> before = faults.at(Moment.BEFORE, call);
        if (before.isPresent()) {
            return strike(before.get(), request, Response.of(200));
        }
        Response response = attempt(call, request);
        Optional<Fault> after = faults.at(Moment.AFTER, call);
        return after.isPresent() ? strike(after.get(), request, response) : response;
    }

    private Response attempt(Call call, Request request) {
        try {
            return answer(call, request);
        } catch (Refusal refusal) {
            return error(request, refusal.error());
        }
    }

    private Response strike(Fault fault, Request request, Response response) throws IOException {
        return switch (fault) {
            case Fault.Fail fail -> error(request, fail);
            case Fault.Drop drop -> throw new SocketException("Connection reset");
            case Fault.TimeOut timeOut -> throw new SocketTimeoutException("Read timed out");
            case Fault.Truncate truncate -> response.cutShort();
            case Fault.Empty empty -> response.lost();
        };
    }
}
