package io.triggerquery.consumer.internal.control;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pause, or its end, that this instance sends, and whether it has been read back since. Its offset would not show it:
 * if the topic was created again, offsets begin again too.
 *
 * <p>Threads: guarded by the fleet's lock.
 */
final class ReadBack {

    private final ControlKey key;
    private final @Nullable ControlValue value;
    private boolean read;

    ReadBack(ControlKey key, @Nullable ControlValue value) {
        this.key = key;
        this.value = value;
    }

    void read(ControlFormat.Entry entry) {
        read |= entry.key().equals(key) && Objects.equals(entry.value(), value);
    }

    boolean isRead() {
        return read;
    }
}
