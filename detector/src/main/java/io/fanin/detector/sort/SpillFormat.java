package io.fanin.detector.sort;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How an element lies in a file. What is written is read back equal. */
public interface SpillFormat<T> {

    void write(T element, DataOutput out) throws IOException;

    T read(DataInput in) throws IOException;
}
