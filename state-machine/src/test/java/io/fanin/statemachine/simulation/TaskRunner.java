package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What an execution's states reach outside of it. */
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

    /** Called where the execution might be stopped. */
    void checkpoint();
}
