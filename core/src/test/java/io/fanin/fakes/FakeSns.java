package io.fanin.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sns.SnsClient;

/** SNS in memory: a topic keeps what is published, with the limits of SNS on a subject. Thread-safe. */
public final class FakeSns extends FakeService {

    /** SNS: fewer than 100 ASCII characters, which begin with a letter, a number or a mark, without line breaks. */
    private static final Pattern SUBJECT = Pattern.compile("[!-~][ -~]{0,99}");

    private final List<Map<String, String>> published = new ArrayList<>();

    public FakeSns(RequestLog log, Faults faults) {
        super(log, faults);
    }

    public SnsClient client() {
        return connect(SnsClient.builder(), promptRetries(), List.of());
    }

    /**
     * The parameters of each message that was taken, oldest first: {@code TopicArn}, {@code Subject}, {@code Message}.
     */
    public synchronized List<Map<String, String>> published() {
        return List.copyOf(published);
    }

    @Override
    Call describe(Request request) {
        Map<String, String> form = form(request);
        return new Call("sns", form.getOrDefault("Action", ""), form.getOrDefault("TopicArn", ""), form);
    }

    @Override
    synchronized Response answer(Call call, Request request) {
        if (!call.operation().equals("Publish")) {
            throw new Refusal(400, "InvalidAction", "FakeSns does not know " + call.operation());
        }
        if (!SUBJECT.matcher(call.fact("Subject")).matches()) {
            throw new Refusal(400, "InvalidParameter", "Invalid parameter: Subject");
        }
        published.add(call.facts());
        return Response.of(
                        200,
                        "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m-"
                                + published.size()
                                + "</MessageId></PublishResult></PublishResponse>")
                .with("Content-Type", "text/xml");
    }

    @Override
    Response error(Request request, Fault.Fail error) {
        return Response.of(
                        error.status(),
                        "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Code>" + error.code()
                                + "</Code><Message>" + error.message() + "</Message></Error></ErrorResponse>")
                .with("Content-Type", "text/xml");
    }

    private static Map<String, String> form(Request request) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : request.body().asUtf8String().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return form;
    }
}
