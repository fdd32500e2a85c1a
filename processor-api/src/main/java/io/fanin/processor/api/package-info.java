/**
 * What a processor of one's own implements, and what it is given. Versions follow Semantic Versioning: a minor version may
 * add methods to what is given, only a major one to what is implemented.
 */
package io.fanin.processor.api;
