package io.fanin.statemachine.it;

import io.fanin.statemachine.Definition;
import io.fanin.statemachine.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** The same state machine with a processor from the tests in the place of the stack's. */
final class TestMachine implements AutoCloseable {

    private final Pipeline pipeline;
    private final String function;
    private final String stateMachineArn;

    TestMachine(Pipeline pipeline, Class<?> handler, int timeoutSeconds) {
        this.pipeline = pipeline;
        this.function = "fanin-it-" + UUID.randomUUID().toString().substring(0, 8);
        String processorArn = createFunction(handler, timeoutSeconds);
        this.stateMachineArn = createStateMachine(processorArn);
    }

    Executions executions() {
        return new Executions(pipeline.clients().sfn(), stateMachineArn);
    }

    @Override
    public void close() {
        pipeline.clients().sfn().deleteStateMachine(request -> request.stateMachineArn(stateMachineArn));
        pipeline.clients().lambda().deleteFunction(request -> request.functionName(function));
    }

    private String createFunction(Class<?> handler, int timeoutSeconds) {
        LambdaClient lambda = pipeline.clients().lambda();
        FunctionConfiguration processor = lambda.getFunction(
                        request -> request.functionName(pipeline.stack().processor()))
                .configuration();
        lambda.createFunction(request -> request.functionName(function)
                .handler(handler.getName() + "::handleRequest")
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip(handler))))
                .timeout(timeoutSeconds)
                .memorySize(processor.memorySize())
                .runtime(processor.runtime())
                .architectures(processor.architectures())
                .role(processor.role())
                .environment(environment ->
                        environment.variables(processor.environment().variables())));
        lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName(function));
        return lambda.getFunction(request -> request.functionName(function))
                .configuration()
                .functionArn();
    }

    private String createStateMachine(String processorArn) {
        String definition = Definition.committed()
                .substituted(Map.of(
                        "DetectorArn",
                        aliasOf(pipeline.stack().detector()),
                        "ProcessorArn",
                        processorArn,
                        "TableCreatorArn",
                        aliasOf(pipeline.stack().tableCreator()),
                        "StateBucket",
                        pipeline.stack().stateBucket(),
                        "AwsPartition",
                        "aws",
                        "MaxConcurrency",
                        "4"));
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

    /** The processor's zip with one class more, which comes first on the class path. */
    private static byte[] zip(Class<?> handler) {
        String entry = handler.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream processor = new ZipInputStream(Files.newInputStream(Repository.functionZip("processor")));
                InputStream code = handler.getClassLoader().getResourceAsStream(entry);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (ZipEntry jar = processor.getNextEntry(); jar != null; jar = processor.getNextEntry()) {
                zip.putNextEntry(new ZipEntry(jar.getName()));
                processor.transferTo(zip);
            }
            zip.putNextEntry(new ZipEntry(entry));
            code.transferTo(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
