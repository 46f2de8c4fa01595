package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.internal.spool.SpoolListener;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Raises alarms for failures of the disk queue, and keeps the current one for the health indicator. */
final class SpoolFailureAlarm implements SpoolListener {

    private final AlarmHook hook;
    private final Path directory;
    private volatile @Nullable String trouble;

    SpoolFailureAlarm(AlarmHook hook, Path directory) {
        this.hook = hook;
        this.directory = directory;
    }

    /** Why the spool takes nothing just now; empty if it does, or if there is none. */
    Optional<String> now() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void full(String reason) {
        trouble = reason;
        hook.raise(new Alarm.SpoolFull(directory));
    }

    @Override
    public void damaged(Path quarantined) {
        hook.raise(new Alarm.SpoolDamaged(quarantined));
    }

    @Override
    public void held() {
        hook.raise(new Alarm.SpoolHeld(directory));
    }

    @Override
    public void failed(String reason) {
        trouble = reason;
        hook.raise(new Alarm.SpoolUnavailable(directory, reason));
    }

    @Override
    public void recovered() {
        trouble = null;
        hook.raise(new Alarm.SpoolAvailable(directory));
    }
}
