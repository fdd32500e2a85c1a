/**
 * Reads table specs and refuses those that cannot be run, each problem by its JSON path.
 *
 * <p>{@link io.fanin.model.spec.rules.SpecReader} is the entry for those who start runs; {@link
 * io.fanin.model.spec.rules.SqlRules} is also asked of queries that lie in files of their own.
 */
package io.fanin.model.spec.rules;
