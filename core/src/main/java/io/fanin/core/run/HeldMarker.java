package io.fanin.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalInt;

/**
 * Says that a pass has been held once already.
 *
 * @param redriveCount of the execution when it was first held; empty on engines that know no redrive
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HeldMarker(OptionalInt redriveCount) {}
