package io.fanin.statemachine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaConstructor.CONSTRUCTOR_NAME;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.fanin.core.aws.Priming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part may know which. */
class ArchitectureTest {

    private static final String DETECTOR = "io.fanin.detector..";
    private static final String PROCESSOR = "io.fanin.processor..";
    private static final String RECORDS = "io.fanin.records..";
    private static final String PAGES = "io.fanin.pages..";
    private static final String TABLE_CREATOR = "io.fanin.tablecreator..";
    private static final String CLI = "io.fanin.cli..";
    private static final String CLI_AWS = "io.fanin.cli.aws..";
    private static final String CORE = "io.fanin.core..";
    private static final String CATALOG = "io.fanin.core.catalog..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.fanin");

    @Test
    void allModulesAreSeen() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .contains(
                        "io.fanin.core.catalog",
                        "io.fanin.records.duckdb",
                        "io.fanin.cli",
                        "io.fanin.pages",
                        "io.fanin.detector",
                        "io.fanin.processor",
                        "io.fanin.tablecreator")
                .doesNotContain("io.fanin.statemachine", "io.fanin.fakes");
    }

    @Test
    void coreKnowsNoLambda() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(CLI, DETECTOR, PROCESSOR, TABLE_CREATOR, RECORDS, PAGES)
                        .or(resideInAPackage("com.amazonaws.services.lambda..")))
                .check(CLASSES);
    }

    @Test
    void recordsAndCommandLineKnowNoLambda() {
        noClasses()
                .that()
                .resideInAnyPackage(CLI, RECORDS)
                .should()
                .dependOnClassesThat(resideInAnyPackage(DETECTOR, PROCESSOR, TABLE_CREATOR)
                        .or(resideInAPackage("com.amazonaws.services.lambda..")))
                .check(CLASSES);
    }

    /** They show what documents say, and read none. */
    @Test
    void pagesKnowDocumentsAlone() {
        noClasses()
                .that()
                .resideInAPackage(PAGES)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        CLI,
                        DETECTOR,
                        PROCESSOR,
                        TABLE_CREATOR,
                        RECORDS,
                        CATALOG,
                        "io.fanin.core.s3..",
                        "io.fanin.core.store..",
                        "software.amazon.awssdk..",
                        "com.amazonaws.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(DETECTOR, PROCESSOR, RECORDS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(PAGES)
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(PAGES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("gg.jte..")
                .check(CLASSES);
    }

    @ParameterizedTest(name = "{0} knows neither {1} nor {2}")
    @CsvSource({
        DETECTOR + ", " + PROCESSOR + ", " + TABLE_CREATOR,
        PROCESSOR + ", " + DETECTOR + ", " + TABLE_CREATOR,
        TABLE_CREATOR + ", " + DETECTOR + ", " + PROCESSOR,
    })
    void lambdasDoNotKnowEachOther(String lambda, String second, String third) {
        noClasses()
                .that()
                .resideInAPackage(lambda)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(second, third)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.fanin.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noPackageHasMoreThan25Classes() {
        assertThat(sources().collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                .allSatisfy((room, classes) ->
                        assertThat(classes).as("classes in %s", room).isLessThanOrEqualTo(25));
    }

    @Test
    void noFileHasMoreThan300Lines() {
        assertThat(sources()).allSatisfy(file -> {
            try (Stream<String> lines = Files.lines(file)) {
                assertThat(lines.count()).as("lines of %s", file).isLessThanOrEqualTo(300);
            }
        });
    }

    /** Nobody imports the warehouse's beside another module's, and people know its names from elsewhere. */
    @Test
    void noTwoClassesHaveOneName() {
        assertThat(sources().filter(file -> !file.startsWith("../warehouse")).map(Path::getFileName))
                .doesNotHaveDuplicates();
    }

    /** What has so many parts is built by name, in its own file or by the record of its fields, or from smaller records. */
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
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    /** The classes of all modules, tests aside. */
    private static Stream<Path> sources() {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ArchitectureTest::below)
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyTheCatalogTalksToGlue() {
        noClasses()
                .that(resideInAPackage("io.fanin..")
                        .and(DescribedPredicate.not(resideInAPackage(CATALOG)
                                .or(isOrWithin("AwsClients"))
                                .or(isOrWithin("EndpointClients")))))
                .should()
                .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.services.glue.model..")
                        .or(resideInAPackage("software.amazon.awssdk.services.glue..")
                                .and(DescribedPredicate.not(simpleName("GlueClient")))))
                .check(CLASSES);
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(CATALOG, CLI_AWS)
                        .or(isOrWithin("AwsClients"))
                        .or(isHandler())))
                .should()
                .dependOnClassesThat()
                .haveSimpleName("GlueClient")
                .check(CLASSES);
    }

    @Test
    void onlyOneRoomTalksToS3() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage("io.fanin.core.s3..", CLI_AWS)
                        .or(isOrWithin("AwsClients"))
                        .or(isHandler())))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk.services.s3..")
                .check(CLASSES);
    }

    @Test
    void onlyOnePackageTalksToDuckDb() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage("io.fanin.records.duckdb..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.duckdb..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void onlyTheLeaseAndTheCommandLineAskStepFunctions() {
        noClasses()
                .that(DescribedPredicate.not(isOrWithin("StepFunctionsStatus")
                        .or(isOrWithin("AwsClients"))
                        .or(resideInAnyPackage("io.fanin.cli.execution..", CLI_AWS))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk.services.sfn..")
                .check(CLASSES);
    }

    /** Lambda receives the messages, and deletes those that are done. */
    @Test
    void nobodyTalksToSqs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk.services.sqs..")
                .check(CLASSES);
    }

    @Test
    void onlyTheListenersTalkToEventBridgeAndSns() {
        noClasses()
                .that(DescribedPredicate.not(
                        resideInAnyPackage("io.fanin.tablecreator.events..", "io.fanin.tablecreator.notices..")
                                .or(isOrWithin("AwsClients"))
                                .or(isHandler())))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "software.amazon.awssdk.services.eventbridge..", "software.amazon.awssdk.services.sns.."))
                .check(CLASSES);
    }

    /** How a Glue job ended is told by what Step Functions says, and by nothing that lies in S3. */
    @Test
    void roomOfGlueJobsKnowsNoOtherRoomOfTheProcessor() {
        noClasses()
                .that()
                .resideInAPackage("io.fanin.processor.job..")
                .should()
                .dependOnClassesThat(resideInAPackage(PROCESSOR)
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("io.fanin.processor.job..", "io.fanin.records.samples.."))))
                .check(CLASSES);
    }

    @Test
    void processorUsesTheCatalogOnlyForQueriesAndTheCheck() {
        noClasses()
                .that(resideInAnyPackage(PROCESSOR, RECORDS)
                        .and(DescribedPredicate.not(isOrWithin("CatalogTables")
                                .or(isOrWithin("ProcessingCheck"))
                                .or(isHandler()))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CATALOG)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(PROCESSOR, RECORDS)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.fanin.core.lease..", "io.fanin.core.inbox..", "io.fanin.core.record.."))
                .check(CLASSES);
    }

    @Test
    void clientsAreMadeInOnePlace() {
        noClasses()
                .that(DescribedPredicate.not(isOrWithin("AwsClients").or(isOrWithin("EndpointClients"))))
                .should()
                .callMethod("software.amazon.awssdk.services.s3.S3Client", "builder")
                .orShould()
                .callMethod("software.amazon.awssdk.services.s3.S3Client", "create")
                .orShould()
                .callMethod("software.amazon.awssdk.services.glue.GlueClient", "builder")
                .orShould()
                .callMethod("software.amazon.awssdk.services.glue.GlueClient", "create")
                .orShould()
                .callMethod("software.amazon.awssdk.services.sfn.SfnClient", "builder")
                .orShould()
                .callMethod("software.amazon.awssdk.services.sfn.SfnClient", "create")
                .orShould()
                .callMethod("software.amazon.awssdk.services.eventbridge.EventBridgeClient", "builder")
                .orShould()
                .callMethod("software.amazon.awssdk.services.eventbridge.EventBridgeClient", "create")
                .orShould()
                .callMethod("software.amazon.awssdk.services.sns.SnsClient", "builder")
                .orShould()
                .callMethod("software.amazon.awssdk.services.sns.SnsClient", "create")
                .check(CLASSES);
    }

    @Test
    void environmentIsReadInOnePlace() {
        noClasses()
                .that(DescribedPredicate.not(isOrWithin("Environment")))
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .check(CLASSES);
    }

    @Test
    void threadsAreMadeInOnePlace() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage("io.fanin.core.parallel..", "io.fanin.benchmarks..")))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Executors.class,
                        ThreadPoolExecutor.class,
                        ForkJoinPool.class,
                        CompletableFuture.class,
                        ExecutionException.class)
                .check(CLASSES);
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

    @Test
    void onlyTheLogWritesToTheConsoleAndNobodyInjectsFields() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
                CLASSES.that(DescribedPredicate.not(isOrWithin("StandardOutput"))));
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

    private static DescribedPredicate<JavaClass> isHandler() {
        return JavaClass.Predicates.assignableTo(RequestStreamHandler.class)
                .or(JavaClass.Predicates.assignableTo(RequestHandler.class));
    }

    /** The class of this name, or one inside it. */
    private static DescribedPredicate<JavaClass> isOrWithin(String name) {
        return DescribedPredicate.describe(
                "are " + name,
                type -> type.getSimpleName().equals(name)
                        || type.getEnclosingClass()
                                .map(outer -> outer.getSimpleName().equals(name))
                                .orElse(false));
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
