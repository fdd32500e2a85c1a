package io.fanin.core.log;

import io.fanin.model.names.FaninNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The SLF4J provider. Lambda's own JSON format supports only its {@code LambdaLogger} and Log4j2, whose jars are larger
 * than all of this project's, so log lines are written here in Lambda's format.
 *
 * <p>The system property {@value #LEVEL} sets the lowest level that is logged ({@code off} for nothing); the default is
 * {@code info}. Of the AWS SDK, only warnings and errors are logged.
 */
public final class LogProvider implements SLF4JServiceProvider {

    static final String LEVEL = FaninNames.LOG_LEVEL;

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new BasicMDCAdapter();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, LineLogger::of);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Nothing to initialize.
    }
}
