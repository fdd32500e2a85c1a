package io.fanin.benchmarks;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanin.benchmarks.measure.Measured;

/** One run of a function, over AWS in memory. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConversionWorkload.class, name = "processor"),
    @JsonSubTypes.Type(value = DetectionWorkload.class, name = "detector"),
    @JsonSubTypes.Type(value = RegistrationWorkload.class, name = "table-creator"),
    @JsonSubTypes.Type(value = TextValidationWorkload.class, name = "validation of text"),
    @JsonSubTypes.Type(value = ValidationWorkload.class, name = "validation")
})
sealed interface Workload
        permits ConversionWorkload,
                DetectionWorkload,
                RegistrationWorkload,
                TextValidationWorkload,
                ValidationWorkload {

    /** Runs the function once; throws if the result is wrong, since that is not worth measuring. */
    Measured run();
}
