package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.spool.SpoolListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Raises alarms for failures of the disk queue, keeps the current failure for the health indicator, and reports triggers that
 * the disk did not take before the end.
 */
final class SpoolFailureAlarm implements SpoolListener {

    private final AlarmHook hook;
    private final Path directory;
    private final UndeliveredReport report;
    private volatile @Nullable String failure;

    SpoolFailureAlarm(AlarmHook hook, Path directory, UndeliveredReport report) {
        this.hook = hook;
        this.directory = directory;
        this.report = report;
    }

    /** Returns why the spool accepts no triggers at present; empty if it does, or if there is no spool. */
    Optional<String> currentFailure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void full(String reason) {
        failure = reason;
        hook.raise(new Alarm.SpoolFull(directory));
    }

    @Override
    public void damaged(Path quarantined) {
        hook.raise(new Alarm.SpoolDamaged(quarantined));
    }

    @Override
    public void logTooLong() {
        hook.raise(new Alarm.SpoolLogTooLong(directory));
    }

    @Override
    public void failed(String reason) {
        failure = reason;
        hook.raise(new Alarm.SpoolUnavailable(directory, reason));
    }

    @Override
    public void lost(List<WaitingTrigger> triggers) {
        report.report(triggers, "neither written to the disk nor taken by Kafka before the process stopped");
    }

    @Override
    public void recovered() {
        failure = null;
        hook.raise(new Alarm.SpoolAvailable(directory));
    }
}
