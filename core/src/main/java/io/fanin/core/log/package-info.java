/** The functions' logging, in Lambda's native formats: lines of JSON, or of text if Lambda is configured for it. */
package io.fanin.core.log;
