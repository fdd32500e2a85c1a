package io.fanin.statemachine.it;

import io.fanin.statemachine.Definition;
import io.fanin.statemachine.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** A copy of the state machine in which a function of the tests replaces one of the stack's. */
final class TestMachine implements AutoCloseable {

    private final Pipeline pipeline;
    private final String function;
    private final String stateMachineArn;

    private TestMachine(Pipeline pipeline, Replacement replacement) {
        this.pipeline = pipeline;
        this.function = "fanin-it-" + UUID.randomUUID().toString().substring(0, 8);
        String functionArn = createFunction(replacement);
        this.stateMachineArn = createStateMachine(replacement, functionArn);
    }

    /**
     * A copy of a function of the stack with these differences.
     *
     * @param stands the replaced function, whose zip is that of the module
     * @param handler absent for that of the stack's function
     * @param added to the zip, where it comes first on the class path
     * @param layer files of a layer; none for no layer
     */
    private record Replacement(
            String stands,
            String module,
            String variable,
            Optional<String> handler,
            OptionalInt timeoutSeconds,
            Map<String, byte[]> added,
            Map<String, byte[]> layer) {

        /** A copy with these additional files. */
        static Replacement with(String stands, String module, String variable, Map<String, byte[]> added) {
            return new Replacement(stands, module, variable, Optional.empty(), OptionalInt.empty(), added, Map.of());
        }
    }

    static TestMachine withProcessor(Pipeline pipeline, Class<?> handler, int timeoutSeconds) {
        return new TestMachine(
                pipeline,
                new Replacement(
                        pipeline.stack().processor(),
                        "processor",
                        "ProcessorArn",
                        Optional.of(handler.getName() + "::handleRequest"),
                        OptionalInt.of(timeoutSeconds),
                        Map.of(entry(handler), code(handler)),
                        Map.of()));
    }

    /** @param jar of a custom processor, provided by a layer */
    static TestMachine withLayer(Pipeline pipeline, byte[] jar) {
        return new TestMachine(
                pipeline,
                new Replacement(
                        pipeline.stack().processor(),
                        "processor",
                        "ProcessorArn",
                        Optional.empty(),
                        OptionalInt.empty(),
                        Map.of(),
                        Map.of("java/lib/processor.jar", jar)));
    }

    /** @param interceptor sees every call that the table-creator makes to Glue */
    static TestMachine withTableCreator(Pipeline pipeline, Class<? extends ExecutionInterceptor> interceptor) {
        return new TestMachine(
                pipeline,
                Replacement.with(
                        pipeline.stack().tableCreator(),
                        "table-creator",
                        "TableCreatorArn",
                        listeningTo("glue", interceptor)));
    }

    /** @param interceptor sees every call that the processor makes to S3 */
    static TestMachine withS3Interceptor(Pipeline pipeline, Class<? extends ExecutionInterceptor> interceptor) {
        return new TestMachine(
                pipeline,
                Replacement.with(
                        pipeline.stack().processor(), "processor", "ProcessorArn", listeningTo("s3", interceptor)));
    }

    /** The files that make the SDK call an interceptor for every call of a service's clients. */
    private static Map<String, byte[]> listeningTo(String service, Class<? extends ExecutionInterceptor> interceptor) {
        return Map.of(
                entry(interceptor),
                code(interceptor),
                "software/amazon/awssdk/services/" + service + "/execution.interceptors",
                interceptor.getName().getBytes(StandardCharsets.UTF_8));
    }

    TestExecutions executions() {
        return new TestExecutions(pipeline.clients().sfn(), stateMachineArn);
    }

    @Override
    public void close() {
        pipeline.clients().sfn().deleteStateMachine(request -> request.stateMachineArn(stateMachineArn));
        pipeline.clients().lambda().deleteFunction(request -> request.functionName(function));
    }

    private String createFunction(Replacement replacement) {
        LambdaClient lambda = pipeline.clients().lambda();
        FunctionConfiguration original = lambda.getFunction(request -> request.functionName(replacement.stands()))
                .configuration();
        pipeline.clients().s3().createBucket(request -> request.bucket(TestLake.BUCKET));
        pipeline.clients()
                .s3()
                .putObject(
                        request -> request.bucket(TestLake.BUCKET).key(zipKey()),
                        RequestBody.fromBytes(zip(replacement)));
        lambda.createFunction(request -> request.functionName(function)
                .handler(replacement.handler().orElse(original.handler()))
                .code(code -> code.s3Bucket(TestLake.BUCKET).s3Key(zipKey()))
                .timeout(replacement.timeoutSeconds().orElse(original.timeout()))
                .memorySize(original.memorySize())
                .runtime(original.runtime())
                .architectures(original.architectures())
                .role(original.role())
                .layers(layers(lambda, replacement.layer()))
                .environment(environment ->
                        environment.variables(original.environment().variables())));
        lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName(function));
        return lambda.getFunction(request -> request.functionName(function))
                .configuration()
                .functionArn();
    }

    private List<String> layers(LambdaClient lambda, Map<String, byte[]> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        SdkBytes zip = SdkBytes.fromByteArray(Zips.of(files));
        return List.of(lambda.publishLayerVersion(
                        request -> request.layerName(function).content(content -> content.zipFile(zip)))
                .layerVersionArn());
    }

    /** The key of the zip in S3, since Lambda accepts no large zip in a request. */
    private String zipKey() {
        return "functions/" + function + ".zip";
    }

    private String createStateMachine(Replacement replacement, String functionArn) {
        Map<String, String> substitutions = new HashMap<>(Map.of(
                "DetectorArn",
                aliasOf(pipeline.stack().detector()),
                "ProcessorArn",
                aliasOf(pipeline.stack().processor()),
                "TableCreatorArn",
                aliasOf(pipeline.stack().tableCreator()),
                "StateBucket",
                pipeline.stack().stateBucket(),
                "AwsPartition",
                "aws",
                "ReadableBuckets",
                "*",
                "MaxConcurrency",
                "4",
                "JobConcurrency",
                "2"));
        substitutions.put(replacement.variable(), functionArn);
        String definition = Definition.committed().substituted(substitutions);
        String role = pipeline.clients()
                .sfn()
                .describeStateMachine(
                        request -> request.stateMachineArn(pipeline.stack().stateMachineArn()))
                .roleArn();
        return pipeline.clients()
                .sfn()
                .createStateMachine(
                        request -> request.name(function).definition(definition).roleArn(role))
                .stateMachineArn();
    }

    private String aliasOf(String name) {
        return pipeline.clients()
                .lambda()
                .getAlias(request -> request.functionName(name).name("live"))
                .aliasArn();
    }

    /** A copy of the stack's zip with additional files. Since it is large, its content is not compressed again. */
    private static byte[] zip(Replacement replacement) {
        try {
            Path copy = Files.createTempFile(replacement.module(), ".zip");
            try {
                Files.copy(Repository.functionZip(replacement.module()), copy, StandardCopyOption.REPLACE_EXISTING);
                add(replacement.added(), copy);
                return Files.readAllBytes(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Map<String, byte[]> files, Path zip) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(zip)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = content.getPath("/", file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        }
    }

    static String entry(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    static byte[] code(Class<?> type) {
        try (InputStream code = type.getClassLoader().getResourceAsStream(entry(type))) {
            return Objects.requireNonNull(code, type.getName()).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
