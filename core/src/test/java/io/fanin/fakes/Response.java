package io.fanin.fakes;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/**
 * An HTTP answer.
 *
 * @param length how many bytes of the body the client gets to see
 */
record Response(int status, Map<String, String> headers, SdkBytes body, int length) {

    static Response of(int status) {
        return of(status, SdkBytes.fromByteArrayUnsafe(new byte[0]));
    }

    static Response of(int status, String body) {
        return of(status, SdkBytes.fromByteArrayUnsafe(body.getBytes(StandardCharsets.UTF_8)));
    }

    static Response of(int status, SdkBytes body) {
        int length = body.asByteArrayUnsafe().length;
        return new Response(status, Map.of("Content-Length", Integer.toString(length)), body, length);
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body, length);
    }

    /** The answer to a HEAD: the headers alone. */
    Response withoutBody() {
        return new Response(status, headers, body, 0);
    }

    Response cutShort() {
        return new Response(status, headers, body, length / 2);
    }

    HttpExecuteResponse toHttp() {
        SdkHttpFullResponse.Builder http = SdkHttpFullResponse.builder().statusCode(status);
        headers.forEach(http::putHeader);
        InputStream visible = new ByteArrayInputStream(body.asByteArrayUnsafe(), 0, length);
        return HttpExecuteResponse.builder()
                .response(http.build())
                .responseBody(AbortableInputStream.create(visible))
                .build();
    }
}
