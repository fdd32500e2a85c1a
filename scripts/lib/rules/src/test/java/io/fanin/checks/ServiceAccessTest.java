package io.fanin.checks;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.fanin.checks.ProjectClasses.CATALOG;
import static io.fanin.checks.ProjectClasses.CLASSES;
import static io.fanin.checks.ProjectClasses.CLI_AWS;
import static io.fanin.checks.ProjectClasses.isHandler;
import static io.fanin.checks.ProjectClasses.isOrWithin;

import com.tngtech.archunit.base.DescribedPredicate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** Which part may talk to which service, and where clients, the environment and threads come from. */
class ServiceAccessTest {

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
                .that(DescribedPredicate.not(resideInAPackage("io.fanin.core.s3..")
                        .or(isOrWithin("BucketNotifications"))
                        .or(isOrWithin("AwsClients"))
                        .or(isOrWithin("EndpointClients"))))
                .should()
                .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.services.s3..")
                        .and(DescribedPredicate.not(simpleName("S3Client"))))
                .check(CLASSES);
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage("io.fanin.core.s3..", CLI_AWS)
                        .or(isOrWithin("AwsClients"))
                        .or(isHandler())))
                .should()
                .dependOnClassesThat()
                .haveSimpleName("S3Client")
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

    @Test
    void clientsAreMadeInOnePlace() {
        noClasses()
                .that(DescribedPredicate.not(isOrWithin("AwsClients").or(isOrWithin("EndpointClients"))))
                .should()
                .callMethodWhere(target(owner(assignableTo("software.amazon.awssdk.core.SdkClient")))
                        .and(target(nameMatching("builder|create"))))
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
}
