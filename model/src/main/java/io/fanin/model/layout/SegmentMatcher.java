package io.fanin.model.layout;

import java.util.List;
import java.util.Optional;

/** The form of one path segment. Matching takes linear time in the segment's length, whatever its content. */
sealed interface SegmentMatcher permits NamedValue, TemplateSegment {

    /** The parts of keys in a segment, in their order; empty if it does not have this form. */
    Optional<List<String>> parts(CharSequence segment);
}
