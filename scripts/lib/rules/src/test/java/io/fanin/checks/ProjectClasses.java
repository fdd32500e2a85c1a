package io.fanin.checks;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes of all modules, tests aside, imported once, and how rules name some of them. */
final class ProjectClasses {

    static final String DETECTOR = "io.fanin.detector..";
    static final String PROCESSOR = "io.fanin.processor..";
    static final String RECORDS = "io.fanin.records..";
    static final String PAGES = "io.fanin.pages..";
    static final String TABLE_CREATOR = "io.fanin.tablecreator..";
    static final String CLI = "io.fanin.cli..";
    static final String CLI_AWS = "io.fanin.cli.aws..";
    static final String MODEL = "io.fanin.model..";
    static final String CORE = "io.fanin.core..";
    static final String CATALOG = "io.fanin.core.catalog..";

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.fanin");

    private ProjectClasses() {}

    /** Those that Lambda calls. */
    static DescribedPredicate<JavaClass> isHandler() {
        return JavaClass.Predicates.assignableTo(RequestStreamHandler.class)
                .or(JavaClass.Predicates.assignableTo(RequestHandler.class));
    }

    /** The class of this name, or one inside it. */
    static DescribedPredicate<JavaClass> isOrWithin(String name) {
        return DescribedPredicate.describe(
                "are " + name,
                type -> type.getSimpleName().equals(name)
                        || type.getEnclosingClass()
                                .map(outer -> outer.getSimpleName().equals(name))
                                .orElse(false));
    }
}
