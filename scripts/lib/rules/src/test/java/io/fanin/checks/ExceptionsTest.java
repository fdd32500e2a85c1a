package io.fanin.checks;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.fanin.core.answer.ExecutionError;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions of the functions are errors with which executions end, and said to be so, or end none. */
class ExceptionsTest {

    /** They are caught where they arise, or Lambda's caller has given up the invocation. */
    private static final Set<String> END_NO_EXECUTION = Set.of(
            "io.fanin.core.aws.PageLimit$ReachedException", // the table is run, or the report says "at least"
            "io.fanin.core.catalog.partition.PartitionScan$RefusedExpressionException", // another request follows
            "io.fanin.core.catalog.table.KeyParameterException", // tables are left out or refused by it
            "io.fanin.core.log.WithheldMessage", // stands in the log for one whose message may quote rows
            "io.fanin.core.s3.ObjectChangedException", // partitions fail by it
            "io.fanin.core.s3.ObjectRefusedException", // partitions and specs fail by it
            "io.fanin.processor.api.PartitionFailedException", // partitions fail by it
            "io.fanin.processor.custom.UnknownProcessorException", // partitions and specs fail by it
            "io.fanin.records.avro.AvroHeader$ForeignFileException", // objects are of a wrong format by it
            "io.fanin.records.avro.MalformedAvroException", // files are corrupt by it
            "io.fanin.records.compression.ForeignBytesException", // becomes an ObjectDefectException
            "io.fanin.records.compression.LackOfMemoryException", // becomes an ObjectDefectException
            "io.fanin.records.compression.UnreadByTablesException", // becomes an ObjectDefectException
            "io.fanin.records.duckdb.DuckDbException", // becomes a ConversionException
            "io.fanin.records.objects.ObjectDefectException", // partitions fail by it
            "io.fanin.records.parquet.MalformedPageException", // files are corrupt by it
            "io.fanin.records.parquet.MalformedStructException", // files are corrupt by it
            "io.fanin.records.raw.text.BadHeaderException", // partitions fail by it
            "io.fanin.records.raw.text.BadRecordException", // records are bad by it
            "io.fanin.records.raw.text.EndlessRecordException"); // partitions fail by it

    private static final Pattern OF_FUNCTIONS =
            Pattern.compile("io\\.fanin\\.(model|core|records|detector|processor|tablecreator)\\..*");

    @ParameterizedTest
    @MethodSource("onPurpose")
    void anErrorOnPurposeIsATopLevelExceptionOfAFunction(ExecutionError error) {
        JavaClass exception = ProjectClasses.CLASSES.get(error.className());

        assertThat(exception.isAssignableTo(RuntimeException.class)).isTrue();
        assertThat(exception.getModifiers()).contains(PUBLIC).doesNotContain(ABSTRACT);
        assertThat(exception.isTopLevelClass()).isTrue();
        assertThat(exception.getPackageName()).matches("io\\.fanin\\.(detector|tablecreator)(\\..*)?");
    }

    static Stream<ExecutionError> onPurpose() {
        return ExecutionError.onPurpose();
    }

    @Test
    void eachExceptionOfTheFunctionsIsAnErrorOfExecutionsOrEndsNone() {
        Set<String> exceptions = ProjectClasses.CLASSES.stream()
                .filter(one -> one.isAssignableTo(Exception.class))
                .map(JavaClass::getName)
                .filter(name -> OF_FUNCTIONS.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> errors = Arrays.stream(ExecutionError.values())
                .map(ExecutionError::className)
                .filter(name -> name.startsWith("io.fanin."))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(errors).doesNotContainAnyElementsOf(END_NO_EXECUTION);
        errors.addAll(END_NO_EXECUTION);
        assertThat(exceptions).isEqualTo(errors);
    }
}
