/** What the functions log, as Lambda's native formats have it: lines of JSON, or of text where Lambda asks for that. */
package io.fanin.core.log;
