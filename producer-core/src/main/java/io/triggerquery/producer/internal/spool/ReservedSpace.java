package io.triggerquery.producer.internal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disk space that is released when the disk is full, so that sent triggers can still be removed.
 *
 * <p>Threads: the writer's only. Failure: without room there is no reserve, and triggers that cannot be removed from
 * the disk are sent once more after a restart.
 */
final class ReservedSpace {

    private static final int BYTES = 4 * 1024 * 1024;
    private static final int BLOCK = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(ReservedSpace.class);

    /** On a nearly full disk the reserve must not take the last space at every write. */
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Path file;
    private final LongSupplier nanoTime;
    private boolean held;
    private @Nullable Long releasedNanos;

    ReservedSpace(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
    }

    /** Reserves the space if it is not held. Writes zeros, because a sparse file reserves none. */
    void take() {
        if (held || releasedNanos != null && nanoTime.getAsLong() - releasedNanos < PAUSE_NANOS) {
            return;
        }
        try (FileChannel channel = PrivateFiles.open(file)) {
            ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
            while (channel.size() < BYTES) {
                channel.write(zeros.clear(), channel.size());
            }
            held = true;
        } catch (IOException e) {
            log.debug("There is no room for the reserve", e);
            release();
        }
    }

    void release() {
        held = false;
        releasedNanos = nanoTime.getAsLong();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("The spool's reserve cannot be deleted to make room: {}", e.toString());
        }
    }
}
