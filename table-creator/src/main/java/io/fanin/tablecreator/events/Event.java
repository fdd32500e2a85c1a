package io.fanin.tablecreator.events;

/** The detail of an event, in the fields that EventBridge rules can match. */
public sealed interface Event permits TableEvent, AllTablesEvent {

    /** The same for duplicates. */
    String id();

    /** The ARN of the event's execution. */
    String execution();
}
