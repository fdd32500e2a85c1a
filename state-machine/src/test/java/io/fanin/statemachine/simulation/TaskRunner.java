package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The access of an execution's states to the outside. */
interface TaskRunner {

    /**
     * Runs a task.
     *
     * @throws StateError when it fails
     */
    JsonNode invoke(String resource, JsonNode input);

    /** The items of a Map that lie in S3. */
    List<JsonNode> items(String bucket, String key);

    /** Whether an item's execution is lost without being caught. */
    boolean losesItem();

    /**
     * The entry of an item that has failed, in the output of a Map that tolerates it; AWS does not document it.
     *
     * @throws StateError when the Map fails nevertheless, as AWS may do if the item's execution was stopped
     */
    Optional<JsonNode> remains(StateError error);

    /** Called where the execution may be stopped. */
    void checkpoint();
}
