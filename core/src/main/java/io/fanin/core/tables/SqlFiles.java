package io.fanin.core.tables;

import io.fanin.model.spec.ProcessorSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SqlRules;

/**
 * Puts the text of a query that lies in a file into the spec: all partitions of a run, its retries and its redrives use the
 * same, whatever becomes of the file meanwhile.
 */
public record SqlFiles(S3Texts texts) {

    private static final S3Texts.Reference FILE =
            new S3Texts.Reference("$.processor.file", "a query", "s3://bucket/queries/delays.sql", SqlRules.MAX_BYTES);

    /**
     * The spec whose query is written out.
     *
     * @throws io.fanin.model.spec.SpecException when the file cannot be one
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
