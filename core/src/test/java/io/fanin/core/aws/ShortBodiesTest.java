package io.fanin.core.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 refuses some requests by their headers alone, before the body that they announce. */
class ShortBodiesTest {

    private static final String REFUSAL =
            "<Error><Code>AccessDenied</Code><Message>not authorized to perform: kms:GenerateDataKey</Message></Error>";

    @Test
    void refusalOfAShortBodyTellsItsReason() {
        S3Exception refusal = put(10);

        assertThat(AwsErrors.code(refusal)).hasValue("AccessDenied");
        assertThat(AwsErrors.message(refusal)).hasValue("not authorized to perform: kms:GenerateDataKey");
    }

    @Test
    void longBodyIsNotSentForNothing() {
        assertThat(AwsErrors.code(put((int) ShortBodies.LONG))).isEmpty();
    }

    private static S3Exception put(int bytes) {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.execute(() -> refuse(server));
            Map<String, String> settings = Map.of(
                    "aws.endpointUrlS3", "http://127.0.0.1:" + server.getLocalPort(),
                    "aws.region", "us-east-1",
                    "aws.accessKeyId", "id",
                    "aws.secretAccessKey", "secret");
            settings.forEach(System::setProperty);
            try (S3Client s3 = AwsClients.s3()) {
                S3Exception refusal = catchThrowableOfType(
                        S3Exception.class,
                        () -> s3.putObject(
                                request -> request.bucket("lake").key("key"), RequestBody.fromBytes(new byte[bytes])));
                assertThat(refusal.statusCode()).isEqualTo(403);
                return refusal;
            } finally {
                settings.keySet().forEach(System::clearProperty);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Answers as S3 does, without the body if the client asks first. */
    private static void refuse(ServerSocket server) {
        try (Socket client = server.accept()) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String headers = headers(in);
            if (!headers.contains("expect: 100-continue")) {
                in.skipNBytes(Integer.parseInt(headers.replaceAll("(?s).*\ncontent-length: (\\d+).*", "$1")));
            }
            String answer =
                    "HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                            + REFUSAL.length() + "\r\n\r\n" + REFUSAL;
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            client.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String headers(InputStream in) throws IOException {
        StringBuilder headers = new StringBuilder();
        while (headers.indexOf("\r\n\r\n") < 0) {
            headers.append((char) in.read());
        }
        return headers.toString().toLowerCase(Locale.ROOT);
    }
}
