package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A listener that records requests, and executes commands for the ids that it has. */
final class FakeMember implements Member {

    final Set<String> waiting = new HashSet<>();
    final List<String> executed = new ArrayList<>();
    final Map<String, Duration> pausedIds = new HashMap<>();
    String story = "";
    boolean paused;
    int partitions = 1;

    private final String listener;

    FakeMember(String listener) {
        this.listener = listener;
    }

    @Override
    public String listener() {
        return listener;
    }

    @Override
    public ControlValue.Status status() {
        List<ControlValue.Partition> held = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            held.add(new ControlValue.Partition("billing-" + i, 7L, 1));
        }
        return new ControlValue.Status(true, paused, 3, 1, 1, 1, false, null, null, held, 0, Map.of(), null, null);
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void pauseId(String id, Duration remaining) {
        pausedIds.put(id, remaining);
    }

    @Override
    public void resumeId(String id) {
        pausedIds.remove(id);
    }

    @Override
    public ControlValue.Answer execute(Operation operation, String id) {
        if (operation.isLook()) {
            return new ControlValue.Answer(waiting.contains(id), "story", Map.of("id", id + story));
        }
        if (!operation.isForAll() && !waiting.remove(id)) {
            return new ControlValue.Answer(false, "not here");
        }
        executed.add(operation.text() + " " + id);
        return new ControlValue.Answer(true, operation.text() + " " + id);
    }
}
