package io.fanin.core.log;

import java.io.Serial;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.EventConstants;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes each message to the standard output, from which Lambda reads logs. */
final class LineLogger extends LegacyAbstractLogger {

    @Serial
    private static final long serialVersionUID = 1;

    private static final String SDK = "software.amazon.awssdk.";
    private static final int NOTHING = Integer.MAX_VALUE;

    private final String shortName;
    private final int least;

    private LineLogger(String name, int least) {
        this.name = name;
        this.shortName = name.substring(name.lastIndexOf('.') + 1);
        this.least = least;
    }

    static LineLogger of(String name) {
        int asked = level(System.getProperty(LogProvider.LEVEL, "info"));
        return new LineLogger(name, name.startsWith(SDK) ? Math.max(asked, EventConstants.WARN_INT) : asked);
    }

    private static int level(String word) {
        return word.equalsIgnoreCase("off")
                ? NOTHING
                : Level.valueOf(word.toUpperCase(Locale.ROOT)).toInt();
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return LineLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        Map<String, String> context = MDC.getCopyOfContextMap();
        LogLine line = new LogLine(
                Instant.now(), level.name(), shortName, message, thrown, context == null ? Map.of() : context);
        StandardOutput.write(StandardOutput.isJson() ? line.json() : line.text());
    }

    @Override
    public boolean isTraceEnabled() {
        return least <= EventConstants.TRACE_INT;
    }

    @Override
    public boolean isDebugEnabled() {
        return least <= EventConstants.DEBUG_INT;
    }

    @Override
    public boolean isInfoEnabled() {
        return least <= EventConstants.INFO_INT;
    }

    @Override
    public boolean isWarnEnabled() {
        return least <= EventConstants.WARN_INT;
    }

    @Override
    public boolean isErrorEnabled() {
        return least <= EventConstants.ERROR_INT;
    }
}
