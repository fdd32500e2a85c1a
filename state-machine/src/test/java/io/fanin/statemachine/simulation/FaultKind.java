package io.fanin.statemachine.simulation;

import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook.Moment;

/** What can go wrong, or come in between. Enough histories have all of it. */
enum FaultKind {
    REQUEST_THROTTLED,
    REQUEST_FAILED,
    REQUEST_FAILED_AFTER_ITS_EFFECT,
    CONNECTION_LOST,
    CONNECTION_LOST_AFTER_THE_EFFECT,
    REQUEST_TIMED_OUT,
    REQUEST_TIMED_OUT_AFTER_ITS_EFFECT,
    ANSWER_CUT_SHORT,
    ANSWER_WITHOUT_BODY,
    ENTRY_OF_BATCH_FAILED,
    INVOCATION_DIED,
    INVOCATION_GIVEN_UP,
    INVOCATION_OUTLIVED_ITS_EXECUTION,
    INVOCATION_NOT_BEGUN,
    THROTTLED_FOR_LONG,
    GLUE_THROTTLED_FOR_LONG,
    INVOCATION_ANSWER_LOST,
    ITEM_LOST,
    JOB_DELETED,
    JOB_NOT_BEGUN,
    JOB_BEGUN_TWICE,
    JOB_CUT,
    JOB_OUTLIVED_ITS_EXECUTION,
    TABLE_UP_TO_DATE,
    EXECUTION_STOPPED,
    EXECUTION_REDRIVEN,
    EXECUTION_REDRIVEN_BY_ANOTHER,
    STATUS_OUTDATED,
    EXECUTIONS_INTERLEAVED,
    PARTITION_WAIVED,
    WAIVER_HELD,
    WAIVER_TAKEN_BACK,
    RECORD_LOST,
    FOLDER_WANTED_BY_ANOTHER_TABLE,
    FOLDER_TAKEN_OVER,
    TABLE_CREATORS_INTERLEAVED,
    ENGINE_KNOWS_NO_REDRIVE,
    MORE_THAN_ONE_BATCH_OF_GLUE,
    DATA_ARRIVED,
    DATA_CAME_LATE,
    NO_DATA_CAME,
    DATA_VANISHED,
    DATA_MOVED,
    PREFIX_EMPTIED,
    PREFIX_FILLED_AGAIN,
    PARTITION_DEREGISTERED,
    DEREGISTRATION_REFUSED,
    DATA_CAME_BACK_IN_TIME,
    DATA_CAME_BACK_TOO_LATE,
    TOO_MUCH_VANISHED,
    DATA_BROKE,
    DATA_REPAIRED,
    STRAY_FOLDER_APPEARED,
    A_DAY_PASSED,
    VERSION_REMOVED,
    VERSION_RESTORED,
    TABLE_DESCRIBED,
    COLUMN_COMMENTED,
    COLUMN_REMOVED,
    COLUMN_RESTORED,
    PARAMETER_SET,
    PARAMETERS_WIPED,
    PARTITION_DROPPED,
    PARTITION_REGISTERED,
    PARTITION_ADOPTED,
    OLD_PARTITION_VERIFIED,
    TABLE_DROPPED,
    TABLE_MADE_ANEW,
    INBOX_TAKEN_UP,
    EVENTS_CAME_BACK,
    EVENT_CAME_TWICE;

    private static final int SLOW_DOWN = 503;

    /** What a fault is, at this moment of a request. */
    static FaultKind of(Fault fault, Moment moment) {
        boolean isBefore = moment == Moment.BEFORE;
        return switch (fault) {
            case Fault.Fail fail
            when isBefore ->
                fail.status() == SLOW_DOWN || fail.code().startsWith("Thrott") ? REQUEST_THROTTLED : REQUEST_FAILED;
            case Fault.Fail fail -> REQUEST_FAILED_AFTER_ITS_EFFECT;
            case Fault.Drop drop -> isBefore ? CONNECTION_LOST : CONNECTION_LOST_AFTER_THE_EFFECT;
            case Fault.TimeOut timeOut -> isBefore ? REQUEST_TIMED_OUT : REQUEST_TIMED_OUT_AFTER_ITS_EFFECT;
            case Fault.Truncate truncate -> ANSWER_CUT_SHORT;
            case Fault.Empty empty -> isBefore ? REQUEST_FAILED : ANSWER_WITHOUT_BODY;
        };
    }
}
