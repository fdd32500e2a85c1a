/** What work on rows may use of the machine: folders on its disk that go again, memory, time, and what to raise when it is over. */
package io.fanin.records.scratch;
