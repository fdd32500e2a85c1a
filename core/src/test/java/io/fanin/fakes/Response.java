package io.fanin.fakes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** An HTTP answer. */
record Response(int status, Map<String, String> headers, SdkBytes body, Sent sent) {

    /** The part of the body that reaches the client. */
    private enum Sent {
        WHOLE,
        HALF,
        NOTHING
    }

    static Response of(int status) {
        return of(status, SdkBytes.fromByteArrayUnsafe(new byte[0]));
    }

    static Response of(int status, String body) {
        return of(status, SdkBytes.fromByteArrayUnsafe(body.getBytes(StandardCharsets.UTF_8)));
    }

    static Response of(int status, SdkBytes body) {
        int length = body.asByteArrayUnsafe().length;
        return new Response(status, Map.of("Content-Length", Integer.toString(length)), body, Sent.WHOLE);
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body, sent);
    }

    /** The answer to a HEAD: the headers alone. */
    Response withoutBody() {
        return new Response(status, headers, body, Sent.NOTHING);
    }

    /** Says that there is no body. */
    Response lost() {
        return with("Content-Length", "0").withoutBody();
    }

    /** The connection breaks amid the body. */
    Response cutShort() {
        return new Response(status, headers, body, Sent.HALF);
    }

    HttpExecuteResponse toHttp() {
        SdkHttpFullResponse.Builder http = SdkHttpFullResponse.builder().statusCode(status);
        headers.forEach(http::putHeader);
        return HttpExecuteResponse.builder()
                .response(http.build())
                .responseBody(AbortableInputStream.create(stream()))
                .build();
    }

    private InputStream stream() {
        return switch (sent) {
            case WHOLE -> body.asInputStream();
            case HALF -> brokenStream();
            case NOTHING -> InputStream.nullInputStream();
        };
    }

    /** Ends as the JDK's HttpURLConnection ends, whether the length was announced or the answer came in chunks. */
    private InputStream brokenStream() {
        byte[] bytes = body.asByteArrayUnsafe();
        InputStream half = new ByteArrayInputStream(bytes, 0, bytes.length / 2);
        return new SequenceInputStream(half, new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Premature EOF");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        });
    }
}
