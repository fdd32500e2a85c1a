/**
 * Reads table specs and refuses those that cannot be run, each problem by its JSON path.
 *
 * <p>{@link io.fanin.model.spec.rules.SpecReader} is the entry point; {@link io.fanin.model.spec.rules.SqlRules} also
 * checks queries that lie in files of their own.
 */
package io.fanin.model.spec.rules;
