package io.fanin.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The CloudFormation template, its short tags written out: {@code !Ref X} is {@code {"Ref": "X"}}. */
record Template(JsonNode json) {

    static Template committed() {
        return parse(Repository.text(Repository.TEMPLATE));
    }

    static Template parse(String text) {
        Object document = new Yaml(new ShortTags()).load(text);
        return new Template(new ObjectMapper().valueToTree(document));
    }

    JsonNode parameters() {
        return json.get("Parameters");
    }

    JsonNode outputs() {
        return json.get("Outputs");
    }

    /** The properties of a resource. */
    JsonNode properties(String resource) {
        return json.at("/Resources/" + resource + "/Properties");
    }

    Map<String, JsonNode> ofType(String type) {
        return json.get("Resources").properties().stream()
                .filter(resource -> type.equals(resource.getValue().get("Type").textValue()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, resource -> resource.getValue().get("Properties")));
    }

    private static final class ShortTags extends SafeConstructor {

        private static final Set<String> AS_IT_IS = Set.of("Ref", "Condition");

        ShortTags() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return writtenOut(node);
                }
            });
        }

        private Map<String, Object> writtenOut(Node node) {
            String function = node.getTag().getValue().substring(1);
            Object argument = switch (node) {
                case ScalarNode scalar -> constructScalar(scalar);
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new IllegalArgumentException("no value: " + node);
            };
            return Map.of(AS_IT_IS.contains(function) ? function : "Fn::" + function, argument);
        }
    }
}
