package io.fanin.core.log;

import io.fanin.model.run.RunId;
import org.slf4j.MDC;

/** The fields of each log line about the invocation that writes it. An environment has one invocation at a time. */
public final class LogContext {

    private LogContext() {}

    /** Begins an invocation, with Lambda's request id. */
    public static void begin(String requestId) {
        MDC.clear();
        MDC.put("AWSRequestId", requestId);
    }

    /** Sets the run of the invocation. */
    public static void run(RunId run) {
        MDC.put("run", run.value());
    }

    /** Sets the table of the invocation, {@code database.table}. */
    public static void table(String table) {
        MDC.put("table", table);
    }
}
