/** What the Lambdas share. */
package io.fanin.core;
