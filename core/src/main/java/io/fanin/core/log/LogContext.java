package io.fanin.core.log;

import io.fanin.model.run.RunId;
import org.slf4j.MDC;

/** The fields of each line about the invocation that logs it. An environment has one invocation at a time. */
public final class LogContext {

    private LogContext() {}

    /** An invocation begins: nothing is known of it but Lambda's id of the request. */
    public static void begin(String requestId) {
        MDC.clear();
        MDC.put("AWSRequestId", requestId);
    }

    /** It works for this run. */
    public static void run(RunId run) {
        MDC.put("run", run.value());
    }

    /** It works on this table, {@code database.table}. */
    public static void table(String table) {
        MDC.put("table", table);
    }
}
