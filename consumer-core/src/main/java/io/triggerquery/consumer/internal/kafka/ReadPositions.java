package io.triggerquery.consumer.internal.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a listener's consumers, by partition. Offsets that do not follow the one before are reported to
 * {@link Jumps}: most are compaction or transaction markers, but some are losses.
 *
 * <p>The position follows from each record, and once a second from the consumer, whose position also passes offsets
 * without records.
 *
 * <p>Threads: a partition's consumer thread; {@link #of} any. Bounds: one entry for each partition ever assigned.
 */
final class ReadPositions {

    private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<TopicPartition, Cursor> cursors = new ConcurrentHashMap<>();
    private final ThreadLocal<Long> nextCheck = new ThreadLocal<>();
    private final Jumps jumps;
    private final LongSupplier nanoTime;

    /** Is notified of offsets that do not follow each other. */
    interface Jumps {

        /** The offsets from {@code from}, inclusive, to {@code to}, exclusive, were not read. */
        void forward(TopicPartition partition, long from, long to);

        /** Reading continued at {@code to}, before the expected offset {@code from}. */
        void back(TopicPartition partition, long from, long to);
    }

    /** The position in a partition. */
    private static final class Cursor {

        /** The offset after the last record; used by the consumer thread only. */
        private long next;

        /** Whether a record has been read. */
        private boolean read;

        /** The consumer's position at the last check, or -1. */
        private volatile long position = -1;

        /** The position below which all deliveries are settled and committed; used by the consumer thread only. */
        private long settled;

        private Cursor(long next) {
            this.next = next;
            this.settled = next;
        }
    }

    ReadPositions(Jumps jumps, LongSupplier nanoTime) {
        this.jumps = jumps;
        this.nanoTime = nanoTime;
    }

    /**
     * Records the offset at which reading of an assigned partition begins. Returns whether this process has read the
     * partition before.
     */
    boolean begin(TopicPartition partition, long offset) {
        Cursor before = cursors.put(partition, new Cursor(offset));
        return before != null && before.read;
    }

    /** Records that a record has been read. */
    void read(TopicPartition partition, long offset) {
        Cursor cursor = cursors.get(partition);
        if (cursor != null) {
            move(partition, cursor, offset);
            cursor.next = offset + 1;
            cursor.read = true;
        }
    }

    /**
     * Checks the positions of a consumer once a second, between two polls, when all polled records have been read.
     *
     * @return the positions that have not changed since the last check and are not {@link #settled}
     */
    Map<TopicPartition, Long> idle(Consumer<?, ?> consumer) {
        long now = nanoTime.getAsLong();
        Long due = nextCheck.get();
        if (due != null && now - due < 0) {
            return Map.of();
        }
        nextCheck.set(now + CHECK_INTERVAL_NANOS);
        Map<TopicPartition, Long> idle = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            Cursor cursor = cursors.get(partition);
            Long position = cursor == null ? null : position(consumer, partition);
            if (cursor != null && position != null) {
                move(partition, cursor, position);
                cursor.next = position;
                if (cursor.position == position && cursor.settled != position) {
                    idle.put(partition, position);
                }
                cursor.position = position;
            }
        }
        return idle;
    }

    /** Records that all deliveries below a position are settled and committed, until the position changes. */
    void settled(TopicPartition partition, long position) {
        Cursor cursor = cursors.get(partition);
        if (cursor != null) {
            cursor.settled = position;
        }
    }

    /** Returns the offset that is read next, as of the last check, or null if it is unknown. */
    @Nullable
    Long of(TopicPartition partition) {
        Cursor cursor = cursors.get(partition);
        return cursor == null || cursor.position < 0 ? null : cursor.position;
    }

    private void move(TopicPartition partition, Cursor cursor, long offset) {
        if (offset > cursor.next) {
            jumps.forward(partition, cursor.next, offset);
        } else if (offset < cursor.next) {
            jumps.back(partition, cursor.next, offset);
        }
    }

    private static @Nullable Long position(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return consumer.position(partition, Duration.ZERO);
        } catch (RuntimeException unknown) {
            return null; // the next poll determines it or throws the cause
        }
    }
}
