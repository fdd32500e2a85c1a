package io.fanin.processor;

import io.fanin.processor.convert.ConversionSettings;
import io.fanin.processor.convert.ObjectTarget;
import io.fanin.processor.validate.ObjectSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What converting needs of the world around.
 *
 * @param objectsOfBucket reads a bucket
 * @param targetsOfBucket writes a bucket
 * @param settings what the function has left when it begins
 */
record ConversionTools(
        Function<String, ObjectSource> objectsOfBucket,
        Function<String, ObjectTarget> targetsOfBucket,
        Supplier<ConversionSettings> settings) {}
