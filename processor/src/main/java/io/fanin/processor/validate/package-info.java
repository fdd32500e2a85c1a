/**
 * Whether the objects of one partition are sound: present, whole, and readable in the table's format by the engines
 * that will query it. Reads everything in streams; memory does not grow with objects, lines or records.
 */
package io.fanin.processor.validate;
