import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Does what its input says, so that tests can see what the executor makes of it. */
public class Probe implements RequestStreamHandler {

    private static int invocations;

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        invocations++;
        System.out.println("Got " + event);
        if (event.contains("throw")) {
            throw new ProbeException("thrown as asked");
        } else if (event.contains("exit")) {
            System.exit(7);
        } else if (event.contains("memory")) {
            output.write(new byte[Integer.MAX_VALUE - 8].length);
        } else if (event.contains("sleep")) {
            sleep(60);
        } else if (event.contains("nap")) {
            sleep(3);
        }
        String answer = "{\"pid\": %d, \"invocations\": %d, \"version\": \"%s\", \"endpoint\": \"%s\", \"greeting\": \"%s\"}"
                .formatted(
                        ProcessHandle.current().pid(),
                        invocations,
                        context.getFunctionVersion(),
                        System.getenv("AWS_ENDPOINT_URL"),
                        System.getenv("GREETING"));
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void sleep(int seconds) {
        try {
            Thread.sleep(1000L * seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
