/** Waiting before a request is repeated. */
package io.fanin.core.retry;
