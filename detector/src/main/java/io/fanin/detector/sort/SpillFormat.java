package io.fanin.detector.sort;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The encoding of elements in a file. An element equals the one that was written. */
public interface SpillFormat<T> {

    void write(T element, DataOutput out) throws IOException;

    T read(DataInput in) throws IOException;
}
