/** Whether what is told of rows may quote them. */
package io.fanin.records.samples;
