package io.fanin.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.CfnStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/** The pipeline that registers the warehouse's partitions: one of its own, or an existing one. */
public abstract sealed class Pipeline {

    private Pipeline() {}

    /**
     * A pipeline of the warehouse's own, as a nested stack.
     *
     * @param templateFile this project's template after {@code aws cloudformation package}
     */
    public static Pipeline packaged(String templateFile) {
        return packaged(templateFile, Map.of());
    }

    /**
     * A pipeline of the warehouse's own, with parameters besides the buckets and databases, which the warehouse sets.
     *
     * @throws UncheckedIOException if there is no such file
     * @throws IllegalArgumentException if it is not packaged, or has no such parameter
     */
    public static Pipeline packaged(String templateFile, Map<String, String> parameters) {
        return new Packaged(templateFile, parameters);
    }

    /**
     * A pipeline that is deployed: its {@code TargetBuckets} match the warehouse's data bucket, and its
     * {@code Databases} and {@code RawDatabases} the database.
     *
     * @param stateMachineArn the stack's output {@code StateMachineArn}
     * @param allTablesStateMachineArn its output {@code AllTablesStateMachineArn}
     * @param objectEventsQueueArn its output {@code ObjectEventsQueueArn}
     * @throws IllegalArgumentException if one of them is not such an ARN
     */
    public static Pipeline deployed(
            String stateMachineArn, String allTablesStateMachineArn, String objectEventsQueueArn) {
        if (stateMachineArn.equals(allTablesStateMachineArn)) {
            throw new IllegalArgumentException("StateMachineArn and AllTablesStateMachineArn are both '"
                    + stateMachineArn + "': expected those of two state machines, of which the second runs all tables");
        }
        return new Deployed(new PipelineArns(
                Optional.empty(),
                Deployed.arn("StateMachineArn", "states", stateMachineArn),
                Deployed.arn("AllTablesStateMachineArn", "states", allTablesStateMachineArn),
                Deployed.arn("ObjectEventsQueueArn", "sqs", objectEventsQueueArn)));
    }

    abstract PipelineArns addTo(Construct scope, String database, Bucket data);

    private static final class Deployed extends Pipeline {

        private final PipelineArns arns;

        Deployed(PipelineArns arns) {
            this.arns = arns;
        }

        private static String arn(String output, String service, String arn) {
            if (!Boolean.TRUE.equals(Token.isUnresolved(arn)) && !arn.matches("arn:[a-z-]+:" + service + ":.+")) {
                throw new IllegalArgumentException("'" + arn + "' is not what the pipeline's stack has as its output "
                        + output + ": expected arn:aws:" + service + ":...");
            }
            return arn;
        }

        @Override
        PipelineArns addTo(Construct scope, String database, Bucket data) {
            return arns;
        }
    }

    private static final class Packaged extends Pipeline {

        private static final Pattern LOCAL = Pattern.compile("(?m)^\\s+(?:CodeUri|DefinitionUri): (?!s3://)(\\S+)$");

        /** A key of a mapping, with its indentation. */
        private static final Pattern NAME = Pattern.compile("( +)\"?(\\w+)\"?\\s*:.*");

        /**
         * The maximum length of the pipeline's name: Step Functions allows 80 characters, including the suffix "-all".
         */
        private static final int LONGEST_NAME = 76;

        /**
         * The maximum length of the pipeline's name if one of these parameters is set: connections in EventBridge have
         * 64 characters at most.
         */
        private static final Map<String, Integer> LONGEST_NAME_WITH = Map.of("WebhookUrl", 56, "OpenLineageUrl", 52);

        /** The length of two hyphens, and of CloudFormation's suffix. */
        private static final int GENERATED = 15;

        private final String templateFile;
        private final Map<String, String> parameters;

        Packaged(String templateFile, Map<String, String> parameters) {
            this.templateFile = templateFile;
            this.parameters = Map.copyOf(parameters);
            String template = text(templateFile);
            Matcher local = LOCAL.matcher(template);
            if (local.find()) {
                throw new IllegalArgumentException(templateFile + " names the local file " + local.group(1)
                        + ": give what 'aws cloudformation package --template-file template.yaml --s3-bucket BUCKET"
                        + " --output-template-file packaged.yaml' makes of it");
            }
            Set<String> declared = declared(template);
            parameters.keySet().stream()
                    .filter(name -> !declared.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(templateFile + " has no parameter " + name
                                + ": expected one that the template has under Parameters, such as ProcessorMemory");
                    });
        }

        /** The names under Parameters, which are indented as the first one is. */
        private static Set<String> declared(String template) {
            Set<String> names = new HashSet<>();
            Optional<String> indent = Optional.empty();
            boolean isWithin = false;
            for (String line : template.lines().filter(Packaged::saysSomething).toList()) {
                if (!line.startsWith(" ")) {
                    isWithin = line.matches("\"?Parameters\"?\\s*:.*");
                } else if (isWithin) {
                    Matcher name = NAME.matcher(line);
                    if (name.matches() && indent.orElse(name.group(1)).equals(name.group(1))) {
                        indent = Optional.of(name.group(1));
                        names.add(name.group(2));
                    }
                }
            }
            return names;
        }

        private static boolean saysSomething(String line) {
            return !line.isBlank() && !line.stripLeading().startsWith("#");
        }

        private static String text(String file) {
            try {
                return Files.readString(Path.of(file));
            } catch (IOException e) {
                throw new UncheckedIOException("the pipeline's packaged template cannot be read: " + file, e);
            }
        }

        @Override
        PipelineArns addTo(Construct scope, String database, Bucket data) {
            Map<String, String> own = new TreeMap<>();
            own.put("DataBuckets", data.getBucketName());
            own.put("TargetBuckets", data.getBucketName());
            own.put("Databases", database);
            own.put("RawDatabases", database);
            parameters.keySet().stream().filter(own::containsKey).findFirst().ifPresent(name -> {
                throw new IllegalArgumentException(
                        "the warehouse sets the pipeline's parameter " + name + ": leave it out");
            });
            own.putAll(parameters);
            // Included unchanged: the CDK's own parser fails on SAM's additions to templates.
            Asset template = Asset.Builder.create(scope, "PipelineTemplate")
                    .path(templateFile)
                    .build();
            CfnStack stack = CfnStack.Builder.create(scope, "Pipeline")
                    .templateUrl(template.getHttpUrl())
                    .parameters(own)
                    .build();
            checkName(stack, own);
            return new PipelineArns(
                    Optional.of(stack.getRef()),
                    output(stack, "StateMachineArn"),
                    output(stack, "AllTablesStateMachineArn"),
                    output(stack, "ObjectEventsQueueArn"));
        }

        /** Checks the nested stack's name, from which its state machines and connections derive their names. */
        private static void checkName(CfnStack nested, Map<String, String> parameters) {
            Stack outer = Stack.of(nested);
            int length =
                    outer.getStackName().length() + outer.getLogicalId(nested).length() + GENERATED;
            int longest = LONGEST_NAME_WITH.entrySet().stream()
                    .filter(limit ->
                            !parameters.getOrDefault(limit.getKey(), "").isEmpty())
                    .mapToInt(Map.Entry::getValue)
                    .min()
                    .orElse(LONGEST_NAME);
            if (length > longest) {
                throw new IllegalArgumentException("the stack's name '" + outer.getStackName()
                        + "' makes that of the pipeline longer than " + longest + " characters: shorten it by "
                        + (length - longest));
            }
        }

        private static String output(CfnStack stack, String name) {
            return stack.getAtt("Outputs." + name).toString();
        }
    }
}
