package io.fanin.benchmarks.measure;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** A service in memory behind a network of limited bandwidth, shared by both directions. */
public final class Throttled implements SdkHttpClient {

    /** Waits shorter than a thread can sleep are combined. */
    private static final long NANOS_AHEAD = TimeUnit.MILLISECONDS.toNanos(1);

    private final SdkHttpClient service;
    private final double nanosOfByte;
    private long free = System.nanoTime();

    public Throttled(SdkHttpClient service, long bytesPerSecond) {
        this.service = service;
        this.nanosOfByte = (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        HttpExecuteRequest.Builder paced = HttpExecuteRequest.builder().request(request.httpRequest());
        request.contentStreamProvider()
                .map(content -> (ContentStreamProvider) () -> new Paced(content.newStream()))
                .ifPresent(paced::contentStreamProvider);
        ExecutableHttpRequest call = service.prepareRequest(paced.build());
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                HttpExecuteResponse answer = call.call();
                return HttpExecuteResponse.builder()
                        .response(answer.httpResponse())
                        .responseBody(answer.responseBody()
                                .map(body -> AbortableInputStream.create(new Paced(body)))
                                .orElse(null))
                        .build();
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    @Override
    public void close() {
        service.close();
    }

    private void pass(int bytes) {
        long end = reserve(bytes) - NANOS_AHEAD;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private synchronized long reserve(int bytes) {
        free = Math.max(free, System.nanoTime()) + (long) (bytes * nanosOfByte);
        return free;
    }

    private final class Paced extends FilterInputStream {

        Paced(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                pass(1);
            }
            return read;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            if (read > 0) {
                pass(read);
            }
            return read;
        }
    }
}
