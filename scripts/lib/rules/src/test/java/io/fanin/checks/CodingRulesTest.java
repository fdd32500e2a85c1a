package io.fanin.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaConstructor.CONSTRUCTOR_NAME;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static io.fanin.checks.ProjectClasses.CLASSES;
import static io.fanin.checks.ProjectClasses.CORE;
import static io.fanin.checks.ProjectClasses.DETECTOR;
import static io.fanin.checks.ProjectClasses.PROCESSOR;
import static io.fanin.checks.ProjectClasses.RECORDS;
import static io.fanin.checks.ProjectClasses.TABLE_CREATOR;
import static io.fanin.checks.ProjectClasses.isHandler;
import static io.fanin.checks.ProjectClasses.isOrWithin;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.fanin.core.aws.Priming;
import io.fanin.core.temporary.ProcessFiles;
import java.io.File;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How records, handlers and fields are written. */
class CodingRulesTest {

    /** Records with more than eight components are built by name, in their own file or by the class of their fields. */
    @Test
    void largeRecordsAreConstructedOnlyInTheirOwnFile() {
        noClasses()
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "it is the constructor of another file's record with more than eight components",
                        call -> call.getTarget().getName().equals(CONSTRUCTOR_NAME)
                                && isLargeRecord(call.getTargetOwner())
                                && !isBuiltBy(call.getTargetOwner(), call.getOriginOwner())))
                .check(CLASSES);
    }

    private static boolean isLargeRecord(JavaClass type) {
        return type.isRecord()
                && type.getFields().stream()
                                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                                .count()
                        > 8;
    }

    private static boolean isBuiltBy(JavaClass record, JavaClass origin) {
        return outermost(origin).equals(outermost(record))
                || origin.getFullName().equals(record.getFullName() + "Fields");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(CodingRulesTest::outermost).orElse(type);
    }

    @Test
    void handlersOnlyWire() {
        classes()
                .that(isHandler())
                .should()
                .haveSimpleNameEndingWith("Handler")
                .andShould()
                .onlyHaveDependentClassesThat(isHandler())
                .andShould(haveNoLogic())
                .check(CLASSES);
        assertThat(CLASSES.that(isHandler())).hasSize(4);
    }

    /**
     * What a process that has crashed leaves on the disk, the next one of its environment finds and deletes. The
     * sorter's files lie in a folder of its own.
     */
    @Test
    void temporaryFilesTellTheirProcess() {
        noClasses()
                .that(resideInAnyPackage(CORE, RECORDS, DETECTOR, PROCESSOR, TABLE_CREATOR)
                        .and(not(isOrWithin("ProcessFiles").or(isOrWithin("SpillFile")))))
                .should()
                .callMethodWhere(target(owner(equivalentTo(Files.class))).and(target(nameStartingWith("createTemp"))))
                .orShould()
                .callMethodWhere(target(owner(equivalentTo(File.class))).and(target(nameStartingWith("createTemp"))))
                .check(CLASSES);
        assertThat(CLASSES.that(isHandler()))
                .allSatisfy(handler -> assertThat(handler.getMethodCallsFromSelf())
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ProcessFiles.class)
                                && call.getName().equals("deleteAbandoned")));
    }

    @Test
    void onlyTheLogWritesToTheConsoleAndNobodyInjectsFields() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES.that(not(isOrWithin("StandardOutput"))));
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void stateIsKeptInFinalFields() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
        fields().that()
                .areDeclaredInClassesThat(isHandler())
                .should()
                .bePrivate()
                .andShould()
                .beFinal()
                .check(CLASSES);
    }

    /** Reads the request, hands it on, writes the answer: beside that only wiring. */
    private static ArchCondition<JavaClass> haveNoLogic() {
        return new ArchCondition<>(
                "have no methods but handleRequest, priming and private wiring, and two public constructors") {
            @Override
            public void check(JavaClass handler, ConditionEvents events) {
                Set<JavaMethod> methods = handler.getMethods().stream()
                        .filter(method -> !method.getRawReturnType().isEquivalentTo(Priming.class))
                        .collect(Collectors.toSet());
                boolean small = methods.stream()
                                .filter(method -> !method.getName().startsWith("lambda$"))
                                .count()
                        <= 2;
                boolean open = methods.stream()
                        .filter(method -> !method.getName().equals("handleRequest"))
                        .anyMatch(method -> !method.getModifiers().contains(JavaModifier.PRIVATE));
                boolean wired = handler.getConstructors().stream()
                                .filter(constructor ->
                                        constructor.getModifiers().contains(JavaModifier.PUBLIC))
                                .count()
                        == 2;
                events.add(new SimpleConditionEvent(
                        handler,
                        small && !open && wired,
                        handler.getName() + " has " + methods + " and " + handler.getConstructors()));
            }
        };
    }
}
