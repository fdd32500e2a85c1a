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
 * Prepares a function before Lambda takes the snapshot of its environment (SnapStart): loads the classes that the first
 * invocation needs. A failed step only makes the first invocation slower.
 *
 * <p>Nothing has to be created again after a restore: the clients open a connection for each request and renew expired
 * credentials, {@link java.util.UUID}s come from the operating system, and the only time that is kept names temporary
 * files, of which each restored environment has its own ({@link io.fanin.core.temporary.ProcessFiles}).
 */
public final class Priming implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    private final List<Step> steps;

    private Priming(List<Step> steps) {
        this.steps = steps;
    }

    /** A step of the preparation. */
    @FunctionalInterface
    public interface Step {

        /** Performs one operation of an invocation, without a lasting effect. */
        void run() throws Exception;
    }

    /** Registers the steps; the caller must keep the returned object, since Lambda only has a weak reference to it. */
    public static Priming with(Step... steps) {
        Priming priming = new Priming(List.of(steps));
        Core.getGlobalContext().register(priming);
        return priming;
    }

    /** A request whose answer is ignored: it loads the classes for requests even if it is refused. */
    public static Step answered(Step request) {
        return () -> {
            try {
                request.run();
            } catch (Exception e) {
                if (!isAnswer(e)) {
                    throw e;
                }
                LOG.debug("the answer of a step of priming", e);
            }
        };
    }

    /** An exception of the SDK, or one that it has caused. */
    private static boolean isAnswer(Exception e) {
        return e instanceof AwsServiceException || e.getCause() instanceof AwsServiceException;
    }

    /** A function's handling of an event. */
    @FunctionalInterface
    public interface Invocation {

        /** Reads the event and writes the answer. */
        void run(InputStream event, OutputStream answer) throws IOException;
    }

    /** An invocation that must throw this exception, and then writes no answer. */
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

    /** Runs all steps; returns the exceptions of those that failed. */
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
