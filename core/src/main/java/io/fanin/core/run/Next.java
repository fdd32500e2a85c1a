package io.fanin.core.run;

/** Where the state {@code Anything to process?} leads. */
public enum Next {
    /** To the Map. */
    PROCESS,
    /** Straight to Create table: nothing is left to process, but what the table says has to be set right. */
    REGISTER,
    /** To the end. */
    NOTHING_NEW,
    /** To the end: the run was asked for a plan, and has written it. */
    PLANNED,
    /** To the end, untouched: another execution is working on the table. */
    BUSY
}
