/**
 * The interface that custom processors implement, and the objects that they receive. Versions follow Semantic
 * Versioning: a minor version may add methods to the objects, only a major one to the interface.
 */
package io.fanin.processor.api;
