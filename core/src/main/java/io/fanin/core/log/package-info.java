/** The functions' logging, in Lambda's native formats: lines of JSON, or of text where Lambda is configured so. */
package io.fanin.core.log;
