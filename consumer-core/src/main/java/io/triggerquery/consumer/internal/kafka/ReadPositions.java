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
 * The positions of a listener's consumers, by partition. Where an offset does not follow the one before, its {@link
 * Jumps} are told: most are compaction or the marks of transactions, but some are losses.
 *
 * <p>A record tells where its partition is; so does the consumer's own position, which also passes what brings no
 * record, and which is looked at once a second.
 *
 * <p>Threads: a partition's consumer thread; {@link #of} any. Bounds: one entry for each partition ever assigned.
 */
final class ReadPositions {

    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<TopicPartition, Cursor> cursors = new ConcurrentHashMap<>();
    private final ThreadLocal<Long> nextLook = new ThreadLocal<>();
    private final Jumps jumps;
    private final LongSupplier nanoTime;

    /** Receives offsets that do not follow each other. */
    interface Jumps {

        /** Nothing was read of these: from the first to before the second. */
        void forward(TopicPartition partition, long from, long to);

        /** Reading has gone on before what was read last. */
        void back(TopicPartition partition, long from, long to);
    }

    /** Where a partition is. */
    private static final class Cursor {

        /** The offset after what was read last; the consumer thread's own. */
        private long next;

        /** Whether a record has been read. */
        private boolean read;

        /** The consumer's position when it was last looked at, or -1. */
        private volatile long position = -1;

        /** The position below which all is settled and committed; the consumer thread's own. */
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

    /** A partition has been assigned, and reading begins at an offset. Returns whether this process had read it before. */
    boolean begin(TopicPartition partition, long offset) {
        Cursor before = cursors.put(partition, new Cursor(offset));
        return before != null && before.read;
    }

    /** A record has been read. */
    void read(TopicPartition partition, long offset) {
        Cursor cursor = cursors.get(partition);
        if (cursor != null) {
            move(partition, cursor, offset);
            cursor.next = offset + 1;
            cursor.read = true;
        }
    }

    /**
     * Looks at the positions of a consumer between two polls, when all that it has polled has been read.
     *
     * @return those that have not moved since the last look, unless they are {@link #settled}
     */
    Map<TopicPartition, Long> look(Consumer<?, ?> consumer) {
        long now = nanoTime.getAsLong();
        Long due = nextLook.get();
        if (due != null && now - due < 0) {
            return Map.of();
        }
        nextLook.set(now + LOOK_AGAIN_NANOS);
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

    /** All below a position is settled and committed, so that there is nothing to do until it moves. */
    void settled(TopicPartition partition, long position) {
        Cursor cursor = cursors.get(partition);
        if (cursor != null) {
            cursor.settled = position;
        }
    }

    /** The offset that is read next, as it was when last looked at, or null if it is not known. */
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
            return null; // the next poll finds it, or says why it cannot
        }
    }
}
