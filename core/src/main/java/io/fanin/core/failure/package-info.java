/** What failures of services and of foreign code mean. */
package io.fanin.core.failure;
