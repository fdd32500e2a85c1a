package io.fanin.checks;

import static io.fanin.checks.ProjectClasses.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code Optional} is an answer: what is asked for may be absent. What is handed on, or kept, is there, or has a value
 * of its own for its absence. Components of records mirror documents, and specs what people may leave out.
 */
class OptionalTest {

    private static final Set<String> OPTIONALS = Stream.of(
                    Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    /** Where the absence of a parameter is what the method decides by, or its callers have it as an answer. */
    private static final List<String> PARAMETERS = List.of(
            "GateDecision.ofArrival",
            "InboxEntry.<init>",
            "Inventory.<init>",
            "OutcomeText.badRecords",
            "Partition.<init>",
            "PartitionResult$Processed.<init>",
            "ProgressScope.of",
            "ProgressScope.of",
            "RunReport$Outstanding.toPartition",
            "TableDirectory.<init>",
            "TableOutcomeReader.partial");

    /** Settings that their class answers with, and values that come and go. */
    private static final List<String> FIELDS = List.of(
            "CalendarView$Builder.zone",
            "ObservedPartitions$Ahead.next",
            "ReadAhead$Buffer.failure",
            "S3Pages$Pages.next",
            "TableCopies.last",
            "TableDirectory.specs",
            "TableRecordFields.lastRun",
            "TableRecordFields.ownedFolder",
            "TableRecordFields.tableCreated",
            "TableRecordFields.unfit",
            "TableRecordFields.unverified",
            "TimeKeys.moment",
            "Uploads.single");

    @Test
    void parametersAreThere() {
        assertThat(CLASSES.stream()
                        .filter(OptionalTest::isHeldToTheRule)
                        .flatMap(type -> type.getCodeUnits().stream())
                        .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(unit -> !isCanonical(unit))
                        .filter(unit -> unit.getRawParameterTypes().stream().anyMatch(OptionalTest::isOptional))
                        .map(unit -> shown(unit.getOwner(), unit.getName())))
                .containsExactlyInAnyOrderElementsOf(PARAMETERS);
    }

    @Test
    void fieldsAreThere() {
        assertThat(CLASSES.stream()
                        .filter(OptionalTest::isHeldToTheRule)
                        .filter(type -> !type.isRecord())
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(field -> isOptional(field.getRawType()) && !isGivenOnTheCommandLine(field))
                        .map(field -> shown(field.getOwner(), field.getName())))
                .containsExactlyInAnyOrderElementsOf(FIELDS);
    }

    private static boolean isHeldToTheRule(JavaClass type) {
        return !type.getPackageName().startsWith("io.fanin.model.spec");
    }

    private static boolean isOptional(JavaClass type) {
        return OPTIONALS.contains(type.getFullName());
    }

    /** Fields are in no order. */
    private static boolean isCanonical(JavaCodeUnit unit) {
        return unit instanceof JavaConstructor
                && unit.getOwner().isRecord()
                && sorted(unit.getRawParameterTypes().stream())
                        .equals(sorted(unit.getOwner().getFields().stream()
                                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                                .map(JavaField::getRawType)));
    }

    private static List<String> sorted(Stream<JavaClass> types) {
        return types.map(JavaClass::getFullName).sorted().toList();
    }

    private static boolean isGivenOnTheCommandLine(JavaField field) {
        return field.getAnnotations().stream()
                .anyMatch(annotation -> annotation.getRawType().getPackageName().equals("picocli"));
    }

    private static String shown(JavaClass owner, String member) {
        return owner.getFullName().substring(owner.getPackageName().length() + 1) + "." + member;
    }
}
