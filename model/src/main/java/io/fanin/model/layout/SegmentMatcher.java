package io.fanin.model.layout;

import java.util.List;
import java.util.Optional;

/** The form of one path segment. Matching takes time in proportion to the segment's length, whatever is in it. */
sealed interface SegmentMatcher permits NamedValue, TemplateSegment {

    /** The parts of keys that a segment holds, in their order; empty if it is of another form. */
    Optional<List<String>> parts(CharSequence segment);
}
