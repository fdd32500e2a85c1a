package io.fanin.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.fanin.checks.ProjectClasses.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use a package, and what a package may use, as its description says. */
class PackageUseTest {

    private static final String SEPARATOR = " ";
    private static final String BENCHMARKS = "io.fanin.benchmarks..";

    @ParameterizedTest(name = "{0} is used only by {1}")
    @CsvSource(textBlock = """
                    model.spec.rules,  cli cli.init core.input core.tables
                    core.answer,      cli.execution detector detector.tables tablecreator tablecreator.events tablecreator.notices tablecreator.summary
                    core.lease,       cli.aws cli.table cli.web detector tablecreator
                    core.execution,  cli.aws cli.table cli.web core.lease detector tablecreator tablecreator.summary
                    core.inbox,       detector detector.detect detector.events detector.select detector.tables tablecreator
                    core.owner,       detector tablecreator
                    detector.detect,  detector
                    detector.select,  detector detector.detect
                    detector.inspect, detector.detect detector.select
                    detector.sort,    detector.select
                    detector.source,  detector.catalog detector.detect detector.events detector.select
                    detector.walk,    detector.detect detector.events detector.select detector.source
                    detector.events,  detector detector.detect
                    detector.tables,  detector
                    detector.catalog, detector detector.detect detector.select
                    records.raw.value, records.raw
                    records.raw.text, records.files records.raw records.raw.value
                    records.avro,     processor.avro
                    records.sniff,    cli.init cli.init.values
                    records.files,    processor processor.convert processor.parquet processor.sql processor.startup records.tables
                    processor.convert, processor processor.sql
                    processor.publish, processor processor.convert processor.sql
                    processor.sql,    processor
                    processor.job,    processor
                    processor.startup, processor
                    processor.custom, processor
                    processor.validate, processor processor.avro processor.custom processor.parquet
                    processor.avro,   processor
                    tablecreator.metrics, tablecreator tablecreator.notices tablecreator.summary
                    tablecreator.events, tablecreator tablecreator.lineage tablecreator.notices tablecreator.summary
                    tablecreator.lineage, tablecreator.notices
                    tablecreator.history, tablecreator tablecreator.summary
                    tablecreator.versions, tablecreator
                    tablecreator.results, tablecreator
                    tablecreator.registration, tablecreator
                    cli.web,          cli
                    cli.init,         cli
                    cli.cutover,      cli
                    cli.query,        cli
                    pages.view,       cli.init cli.table cli.web pages pages.templates tablecreator.history
                    """)
    void packageIsUsedOnlyBy(String name, String users) {
        String[] allowed = all(name + SEPARATOR + users);
        assertThat(CLASSES.stream().map(JavaClass::getPackageName)).contains(allowed);
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(allowed).or(resideInAPackage(BENCHMARKS))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fanin." + name)
                .check(CLASSES);
    }

    @ParameterizedTest(name = "of the project, {0} uses only {1}")
    @CsvSource(textBlock = """
                    model.text,       ''
                    model.type,       model.text
                    model.spec.detection, model.json model.partition model.table model.text
                    model.spec.processor, model.json model.partition model.table model.text model.type
                    core.parallel,   ''
                    core.retry,      ''
                    core.failure,    ''
                    model.json,       model.text
                    model.table,      model.partition model.text model.type
                    model.partition,  model.text model.type
                    model.layout,     model.partition model.table model.text
                    core.store,      model.json
                    model.names,      model.run model.table model.text
                    core.temporary,  ''
                    detector.sort,   core.temporary
                    cli.console,     model.text model.json
                    """)
    void packageUsesOnly(String name, String used) {
        noClasses()
                .that()
                .resideInAPackage("io.fanin." + name)
                .should()
                .dependOnClassesThat(resideInAPackage("io.fanin..")
                        .and(DescribedPredicate.not(resideInAnyPackage(all(name + SEPARATOR + used)))))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(CLASSES);
    }

    private static String[] all(String names) {
        return names.strip().replaceAll("(^| )(?=\\S)", "$1io.fanin.").split(SEPARATOR);
    }
}
