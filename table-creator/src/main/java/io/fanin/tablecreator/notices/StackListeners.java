package io.fanin.tablecreator.notices;

import io.fanin.core.aws.AwsClients;
import io.fanin.core.aws.Environment;
import io.fanin.core.retry.Backoff;
import io.fanin.core.retry.Sleeper;
import io.fanin.tablecreator.events.EventBus;
import io.fanin.tablecreator.events.Listener;
import io.fanin.tablecreator.lineage.LineageEvents;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The listeners in the stack's parameters, from the function's environment. */
public final class StackListeners {

    private StackListeners() {}

    /** The listeners for events, of each run. */
    public static List<Listener> programs() {
        Optional<EventBus> bus = bus();
        return Stream.<Optional<? extends Listener>>of(
                        bus,
                        Environment.optional("OPEN_LINEAGE")
                                .flatMap(name -> bus)
                                .map(one -> new LineageEvents(one, Clock.systemUTC())))
                .<Listener>flatMap(Optional::stream)
                .toList();
    }

    /** The listeners for notices. */
    public static List<NoticeListener> people() {
        return Stream.<Optional<? extends NoticeListener>>of(bus().map(NoticeEvents::new), topic())
                .<NoticeListener>flatMap(Optional::stream)
                .toList();
    }

    private static Optional<EventBus> bus() {
        return Environment.optional("EVENT_BUS")
                .map(name -> new EventBus(AwsClients::eventBridge, name, new Backoff(Sleeper.SYSTEM)));
    }

    private static Optional<Topic> topic() {
        NoticeFormat format =
                NoticeFormat.of(Environment.optional("NOTIFICATION_FORMAT").orElse("text"));
        return Environment.optional("NOTIFICATION_TOPIC").map(arn -> new Topic(AwsClients::sns, arn, format));
    }
}
