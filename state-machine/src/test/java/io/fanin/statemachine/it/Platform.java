package io.fanin.statemachine.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every test class the same emulator with the same stack, and classes that need it the same Trino over both;
 * stops them after the last one.
 */
final class Platform implements ParameterResolver {

    /**
     * The order of classes that take minutes and have the most work. They begin first, since the last class to begin is
     * waited for alone.
     */
    static final int MINUTES_OF_WORK = 1;

    /** The order of classes that mostly wait, in parallel with these. */
    static final int MINUTES_OF_WAITING = 2;

    /** The order of the other classes that take minutes. */
    static final int MINUTES = 3;

    /** A lock on the folder of specs, all of which runs of all tables and {@code fanin doctor} read. */
    static final String SPECS = "specs";

    /** A lock on the account's crawlers, about which {@code fanin doctor} warns. */
    static final String CRAWLERS = "crawlers";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Pipeline.class || type == Trino.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.create(Platform.class));
        Pipeline pipeline = store.computeIfAbsent(Running.class, type -> Running.started(), Running.class)
                .pipeline();
        return parameter.getParameter().getType() == Pipeline.class
                ? pipeline
                : store.computeIfAbsent(Trino.class, type -> Trino.started(pipeline), Trino.class);
    }

    private record Running(Emulator emulator, Pipeline pipeline) implements AutoCloseable {

        static Running started() {
            Emulator emulator = Emulator.start();
            try {
                EmulatorClients clients = EmulatorClients.of(emulator.endpoint());
                clients.sns().createTopic(topic -> topic.name(NotificationLog.TOPIC));
                Pipeline pipeline = new Pipeline(Stack.deploy(emulator.endpoint()), clients);
                pipeline.gatherEventsForASecond();
                return new Running(emulator, pipeline);
            } catch (RuntimeException e) {
                emulator.close();
                throw e;
            }
        }

        @Override
        public void close() {
            pipeline.clients().close();
            emulator.close();
        }
    }
}
