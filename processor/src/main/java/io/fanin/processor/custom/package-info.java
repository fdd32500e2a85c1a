/** Processors of a deployment's own: how they are found, and what they are given. */
package io.fanin.processor.custom;
