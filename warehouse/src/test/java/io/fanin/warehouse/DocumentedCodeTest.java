package io.fanin.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's statements about the warehouse are those of a stack's constructor. */
class DocumentedCodeTest {

    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path classes;

    @Test
    void codeOfThePageCompiles() throws IOException {
        String page = Files.readString(Path.of("../docs/warehouse.md"));
        String statements = BLOCK.matcher(page)
                .results()
                .map(block -> block.group(1))
                .filter(code -> !code.contains("class "))
                .collect(Collectors.joining());
        assertThat(statements).contains("withStreamingInputTable(\"clicks\"");
        String code = """
                import io.fanin.warehouse.*;
                import software.amazon.awscdk.Duration;
                import software.amazon.awscdk.Stack;
                import software.amazon.awscdk.services.events.CronOptions;
                import software.amazon.awscdk.services.events.Schedule;
                import software.amazon.awscdk.services.iam.IGrantable;
                import software.amazon.awscdk.services.lambda.Code;
                import software.amazon.awscdk.services.s3.LifecycleRule;

                class Documented extends Stack {
                    Documented(IGrantable producer) {
                        %s
                    }
                }
                """.formatted(statements);

        StringWriter errors = new StringWriter();
        JavaCompiler.CompilationTask task = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        errors,
                        null,
                        null,
                        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()),
                        null,
                        List.of(source(code)));

        assertThat(task.call()).as(errors.toString()).isTrue();
    }

    private static JavaFileObject source(String code) {
        return new SimpleJavaFileObject(URI.create("string:///Documented.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
