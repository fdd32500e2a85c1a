/**
 * The interface that custom processors implement, and the objects that they receive. Versions follow Semantic
 * Versioning: a minor version may add methods to what is given, only a major one to what is implemented.
 */
package io.fanin.processor.api;
