package io.fanin.core.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What a function does before Lambda takes the snapshot that its environments start from (SnapStart): the classes that its
 * first invocation needs are loaded then. A step that fails costs time later, and nothing else.
 *
 * <p>Nothing has to be created again after a restore: the clients open a connection for each request and ask for credentials
 * when theirs have expired, {@link java.util.UUID}s come from the operating system, and no time is kept.
 */
public final class Priming implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    private final List<Step> steps;

    private Priming(List<Step> steps) {
        this.steps = steps;
    }

    /** A part of it. */
    @FunctionalInterface
    public interface Step {

        /** Does once what an invocation does, with no lasting effect. */
        void run() throws Exception;
    }

    /** Registers the steps; the caller keeps what is returned, since Lambda refers to it weakly. */
    public static Priming with(Step... steps) {
        Priming priming = new Priming(List.of(steps));
        Core.getGlobalContext().register(priming);
        return priming;
    }

    /** A request whose answer does not matter: it has loaded what requests need even where it is refused. */
    public static Step answered(Step request) {
        return () -> {
            try {
                request.run();
            } catch (AwsServiceException refused) {
                LOG.debug("the answer of a step of priming", refused);
            }
        };
    }

    /** A function's own handling of an event. */
    @FunctionalInterface
    public interface Invocation {

        /** Reads the event, and writes the answer. */
        void run(InputStream event, OutputStream answer) throws IOException;
    }

    /** An invocation that must be refused with this exception, and then writes nothing. */
    public static Step refused(Class<? extends Exception> by, String event, Invocation invocation) {
        return () -> {
            try {
                invocation.run(
                        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                        OutputStream.nullOutputStream());
            } catch (Exception e) {
                if (by.isInstance(e)) {
                    return;
                }
                throw e;
            }
            throw new IllegalStateException("expected " + by.getSimpleName() + ", but nothing was refused");
        };
    }

    /** Runs all steps; returns why some failed. */
    public List<Exception> prime() {
        List<Exception> failures = new ArrayList<>();
        for (Step step : steps) {
            try {
                step.run();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        return failures;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        prime().forEach(failure -> LOG.warn("a step of priming is left out, and the first call is slower", failure));
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Nothing has to be created again: see the class comment.
    }
}
