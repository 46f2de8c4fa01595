package io.triggerquery.consumer.internal.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notifies several listeners. */
final class MonitorListeners implements MonitorListener {

    private final List<MonitorListener> all = new CopyOnWriteArrayList<>();

    void add(MonitorListener listener) {
        all.add(listener);
    }

    @Override
    public void checked(Measure measure, Result result) {
        all.forEach(one -> one.checked(measure, result));
    }

    @Override
    public void violated(Violation violation, Cause cause) {
        all.forEach(one -> one.violated(violation, cause));
    }

    @Override
    public void repaired(String id) {
        all.forEach(one -> one.repaired(id));
    }

    @Override
    public void absencesHeld() {
        all.forEach(MonitorListener::absencesHeld);
    }

    @Override
    public void failed(Throwable cause) {
        all.forEach(one -> one.failed(cause));
    }
}
