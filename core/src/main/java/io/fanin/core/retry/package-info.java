/** How long to wait before asking a service again. */
package io.fanin.core.retry;
