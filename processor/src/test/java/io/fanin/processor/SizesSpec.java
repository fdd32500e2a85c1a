package io.fanin.processor;

import io.fanin.model.json.Json;
import io.fanin.model.spec.ResolvedSpec;

/** The spec of a run over hours of raw JSON with one field, {@code size}. */
final class SizesSpec {

    private SizesSpec() {}

    /**
     * The spec as the detector writes it.
     *
     * @param processor the processor's type and further fields, in single quotes
     */
    static String of(String processor) {
        return Json.text(Json.read("""
                {'database': 'analytics', 'table': 'flights', 'location': 's3://lake/flights/', 'format': 'parquet',
                 'columns': [{'name': 'size', 'type': 'bigint'}], 'partitionKeys': [{'name': 'hour', 'type': 'int'}],
                 'layout': 'hive', 'onPartial': 'fail', 'detection': {'mode': 'list'},
                 'source': {'location': 's3://lake/raw/', 'format': 'json', 'layout': 'hive', 'columns': [{'name': 'size',
                 'type': 'bigint'}], 'partitionKeys': [{'name': 'hour', 'type': 'int'}]}, 'processor': {'type': %s}}
                """.formatted(processor).replace('\'', '"'), ResolvedSpec.class, "spec"));
    }
}
