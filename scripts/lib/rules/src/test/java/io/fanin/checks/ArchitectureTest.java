package io.fanin.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.fanin.checks.ProjectClasses.CATALOG;
import static io.fanin.checks.ProjectClasses.CLASSES;
import static io.fanin.checks.ProjectClasses.CLI;
import static io.fanin.checks.ProjectClasses.CORE;
import static io.fanin.checks.ProjectClasses.DETECTOR;
import static io.fanin.checks.ProjectClasses.MODEL;
import static io.fanin.checks.ProjectClasses.PAGES;
import static io.fanin.checks.ProjectClasses.PROCESSOR;
import static io.fanin.checks.ProjectClasses.RECORDS;
import static io.fanin.checks.ProjectClasses.TABLE_CREATOR;
import static io.fanin.checks.ProjectClasses.isHandler;
import static io.fanin.checks.ProjectClasses.isOrWithin;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part may know which. */
class ArchitectureTest {

    @Test
    void allModulesAreSeen() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .contains(
                        "io.fanin.model.spec",
                        "io.fanin.core.catalog",
                        "io.fanin.records.duckdb",
                        "io.fanin.cli",
                        "io.fanin.pages",
                        "io.fanin.detector",
                        "io.fanin.processor",
                        "io.fanin.tablecreator")
                .doesNotContain("io.fanin.checks", "io.fanin.fakes");
    }

    /** What is decided from values alone can be tested by values alone. */
    @Test
    void modelKnowsNeitherAwsNorFilesNorOtherModules() {
        noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "software.amazon..",
                                "com.amazonaws..",
                                "java.nio.file..",
                                "java.net.http..",
                                "org.slf4j..")
                        .or(resideInAPackage("io.fanin..").and(DescribedPredicate.not(resideInAPackage(MODEL)))))
                .check(CLASSES);
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

    /** How a job ended is told by what Step Functions says, and by nothing that lies in S3. */
    @Test
    void roomOfJobsKnowsNoOtherRoomOfTheProcessor() {
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
                                .or(isOrWithin("GlueJobCheck"))
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
}
