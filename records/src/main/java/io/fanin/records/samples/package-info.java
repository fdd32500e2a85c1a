/** Whether messages may quote rows. */
package io.fanin.records.samples;
