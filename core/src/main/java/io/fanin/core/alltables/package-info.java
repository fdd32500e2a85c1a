/** The data exchanged by the parts of a run of all tables, and the folder that stores it. */
package io.fanin.core.alltables;
