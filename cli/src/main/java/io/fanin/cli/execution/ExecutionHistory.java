package io.fanin.cli.execution;

import io.fanin.core.answer.StepAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * An execution's progress so far. Outputs of states are distinguished by their content, so that states may be renamed;
 * outputs that are not answers of a step are ignored.
 *
 * @param work the work found by the detector, or remaining at the gate
 */
public record ExecutionHistory(List<Step> steps, ExecutionWork work) {

    public static final ExecutionHistory NONE = new ExecutionHistory(List.of(), ExecutionWork.NONE);

    /** A state that was entered. */
    public record Step(long event, String name, boolean isMap) {}

    /** The history from these events, in any order. */
    static ExecutionHistory of(List<HistoryEvent> events) {
        List<Step> steps = new ArrayList<>();
        ExecutionWork work = ExecutionWork.NONE;
        for (HistoryEvent event :
                events.stream().sorted(Comparator.comparing(HistoryEvent::id)).toList()) {
            if (event.stateEnteredEventDetails() != null) {
                steps.add(new Step(
                        event.id(),
                        event.stateEnteredEventDetails().name(),
                        event.typeAsString().startsWith("MapState")));
            } else if (event.stateExitedEventDetails() != null) {
                Optional<StepAnswer> answer = Optional.ofNullable(
                                event.stateExitedEventDetails().output())
                        .flatMap(StepAnswer::find);
                if (answer.isPresent()) {
                    work = work.after(answer.get());
                }
            }
        }
        return new ExecutionHistory(List.copyOf(steps), work);
    }
}
