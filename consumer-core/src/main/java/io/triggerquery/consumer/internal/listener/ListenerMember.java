package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.control.ControlValue;
import io.triggerquery.consumer.internal.control.Member;
import io.triggerquery.consumer.internal.control.Operation;
import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A listener as the other instances of its group see and control it.
 *
 * @param figures how fast it works
 */
record ListenerMember(TriggerListener subject, ListenerFigures figures) implements Member {

    @Override
    public String listener() {
        return subject.id();
    }

    @Override
    public ControlValue.Status status() {
        EngineStatus status = subject.registered().engine().status(1);
        var suspended = status.suspended();
        return new ControlValue.Status(
                subject.isReading(),
                subject.registered().container().isPauseRequested(),
                status.pending(),
                status.ready(),
                status.running(),
                status.waiting(),
                status.held(),
                suspended == null ? null : suspended.lasts().toSeconds(),
                longestStuck(status.stuck()),
                status.partitions().stream().map(ListenerMember::partition).toList(),
                0,
                figures.staleness(listener()),
                figures.workLeft(listener()),
                subject.monitor().map(ConsistencyMonitor::known).orElse(null));
    }

    private static ControlValue.@Nullable Stuck longestStuck(List<EngineStatus.Stuck> stuck) {
        if (stuck.isEmpty()) {
            return null;
        }
        EngineStatus.Stuck longest = stuck.get(0);
        return new ControlValue.Stuck(
                TriggerIdRule.escaped(longest.id()),
                longest.failures(),
                longest.stuckFor().toSeconds());
    }

    private static ControlValue.Partition partition(EngineStatus.Partition partition) {
        return new ControlValue.Partition(
                partition.partition().toString(),
                partition.watermark() < 0 ? null : partition.watermark(),
                partition.open());
    }

    @Override
    public void pause() {
        subject.pause();
    }

    @Override
    public void resume() {
        subject.resume();
    }

    @Override
    public void pauseId(String id, Duration remaining) {
        subject.registered().engine().ids().pause(id, remaining);
    }

    @Override
    public void resumeId(String id) {
        subject.registered().engine().ids().resume(id);
    }

    @Override
    public ControlValue.Answer execute(Operation operation, @Nullable String id) {
        try {
            return switch (operation) {
                case STORY -> answer(story(id));
                case STORY_WITHOUT_ERRORS -> answer(story(id).withoutErrors());
                case STUCK -> answer(stuck(id));
                case STUCK_WITHOUT_ERRORS -> answer(stuck(id).withoutErrors());
                default -> new ControlValue.Answer(true, perform(operation, id));
            };
        } catch (ListenerOperationException refused) {
            return new ControlValue.Answer(false, String.valueOf(refused.getMessage()));
        }
    }

    private String perform(Operation operation, @Nullable String id) {
        return switch (operation) {
            case RETRY -> subject.retry(Objects.requireNonNull(id));
            case RETRY_AFTER -> subject.retryAfter(Objects.requireNonNull(id));
            case FORGET -> subject.forget(Objects.requireNonNull(id));
            case CONFIRM_ABSENCES -> subject.confirmAbsences();
            case RESYNC -> subject.resync();
            case RESYNC_ALL -> subject.resyncAll();
            case STORY, STORY_WITHOUT_ERRORS, STUCK, STUCK_WITHOUT_ERRORS ->
                throw new IllegalStateException("answered above");
        };
    }

    private IdStory story(@Nullable String id) {
        return subject.stories().storyHere(Objects.requireNonNull(id));
    }

    private StuckReport stuck(@Nullable String limit) {
        try {
            return subject.stuck(Math.min(StuckReport.MAX_SENT, Integer.parseInt(String.valueOf(limit))));
        } catch (NumberFormatException foreign) {
            throw new ListenerOperationException(
                    ListenerOperationException.Reason.INVALID, "It does not say how many ids to list.");
        }
    }

    private static ControlValue.Answer answer(StuckReport stuck) {
        return new ControlValue.Answer(true, stuck.total() + " ids are stuck.", stuck.toJson());
    }

    private static ControlValue.Answer answer(IdStory story) {
        return new ControlValue.Answer(story.hasOpenWork(), story.state().state(), story.toJson());
    }
}
