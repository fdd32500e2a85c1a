package io.fanin.core.tables;

import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.rules.SqlRules;

/**
 * Replaces a spec's reference to a query file with the text of the query: all partitions of a run, its retries and its
 * redrives use the same text, even if the file is changed meanwhile.
 */
public record SqlFiles(S3Texts texts) {

    private static final S3Texts.Reference FILE =
            new S3Texts.Reference("$.processor.file", "a query", "s3://bucket/queries/delays.sql", SqlRules.MAX_BYTES);

    /**
     * The spec with the text of its query.
     *
     * @throws io.fanin.model.spec.SpecException if the file is not a valid query
     */
    public TableSpec withQuery(TableSpec spec) {
        return spec.processorOrDefault() instanceof ProcessorSpec.Sql sql
                        && sql.file().isPresent()
                ? spec.with(sql.withQuery(query(sql.file().get())))
                : spec;
    }

    private String query(String uri) {
        String text = texts.read(uri, FILE);
        SqlRules.problem(text).ifPresent(why -> {
            throw FILE.refused(uri + " " + why + ", expected a query");
        });
        return text;
    }
}
