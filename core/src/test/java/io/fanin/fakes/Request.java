package io.fanin.fakes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** An HTTP request whose body has been read. */
record Request(SdkHttpRequest http, SdkBytes body) {

    static Request of(HttpExecuteRequest request) throws IOException {
        SdkBytes body;
        try {
            body = request.contentStreamProvider()
                    .map(provider -> read(provider.newStream()))
                    .orElseGet(() -> SdkBytes.fromByteArrayUnsafe(new byte[0]));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Request(request.httpRequest(), body);
    }

    /**
     * The same, its body read to its end and left out.
     *
     * @param bytes is told how many were read
     */
    static Request drained(HttpExecuteRequest request, LongAdder bytes) throws IOException {
        Optional<ContentStreamProvider> body = request.contentStreamProvider();
        if (body.isPresent()) {
            try (InputStream stream = body.get().newStream()) {
                bytes.add(stream.transferTo(OutputStream.nullOutputStream()));
            }
        }
        return new Request(request.httpRequest(), SdkBytes.fromByteArrayUnsafe(new byte[0]));
    }

    SdkHttpMethod method() {
        return http.method();
    }

    Optional<String> header(String name) {
        return http.firstMatchingHeader(name);
    }

    Optional<String> query(String name) {
        return http.firstMatchingRawQueryParameter(name);
    }

    Set<String> queryNames() {
        return http.rawQueryParameters().keySet();
    }

    boolean hasQuery(String name) {
        return http.rawQueryParameters().containsKey(name);
    }

    List<String> headers(String name) {
        return http.matchingHeaders(name);
    }

    /** The headers whose names begin so, in lower case. */
    Map<String, String> headersFrom(String prefix) {
        Map<String, String> found = new TreeMap<>();
        http.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(prefix)) {
                found.put(lower, String.join(",", values));
            }
        });
        return found;
    }

    private static SdkBytes read(InputStream stream) {
        try (stream) {
            return SdkBytes.fromByteArrayUnsafe(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
