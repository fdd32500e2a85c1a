package io.fanin.core.record;

import io.fanin.model.partition.EquivalentValues;
import java.util.List;

/** How partitions of tests spell their values. */
public final class TestForms {

    /** Always in one form. */
    public static final EquivalentValues AS_WRITTEN = new EquivalentValues(List.of());

    private TestForms() {}
}
