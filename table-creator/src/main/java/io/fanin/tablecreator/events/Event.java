package io.fanin.tablecreator.events;

/** The detail of an event. */
public sealed interface Event permits TableEvent, AllTablesEvent {

    /** The same for duplicates. */
    String id();

    /** The ARN of the execution that it is about. */
    String execution();
}
