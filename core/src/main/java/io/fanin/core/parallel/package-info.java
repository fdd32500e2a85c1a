/** How work is done side by side. */
package io.fanin.core.parallel;
