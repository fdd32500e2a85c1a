package io.fanin.processor.validate;

import io.fanin.model.type.HiveType;
import java.util.List;
import java.util.Optional;

/** The columns of one file that has a schema. */
public interface FileColumns {

    List<String> names();

    /** Whether it has a column of this name, ignoring case. */
    boolean has(String name);

    /**
     * The reason why readers cannot read a column of the file as this type without loss, for people; absent if they
     * can.
     *
     * @param name of a column that the file has
     */
    Optional<String> disagreement(String name, HiveType type);
}
