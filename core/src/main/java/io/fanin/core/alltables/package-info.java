/** What the parts of a run of all tables tell each other, and the folder where it is kept. */
package io.fanin.core.alltables;
