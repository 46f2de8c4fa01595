package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.spool.DiskQueue;
import io.triggerquery.producer.internal.spool.SpoolContents;
import io.triggerquery.producer.internal.spool.SpoolException;
import io.triggerquery.producer.internal.spool.SpoolListener;
import io.triggerquery.producer.internal.spool.SpoolReader;
import io.triggerquery.producer.internal.spool.SpoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The directory of a disk queue. It can be read while its application runs, and changed only while it does not. */
public final class SpoolSource implements Source {

    /** High enough for the file of any application. */
    private static final long MAX_BYTES = 1L << 40;

    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

    private final Path directory;
    private @Nullable DiskQueue queue;
    private volatile @Nullable String failure;

    /** Creates a source that opens the file when it is used. */
    public SpoolSource(Path directory) {
        this.directory = directory;
    }

    @Override
    public Contents read() {
        SpoolContents contents = withReason(() -> SpoolReader.read(directory));
        return new Contents(contents.triggers().stream().map(Entry::of).toList(), contents.problems());
    }

    @Override
    public List<String> damage() {
        return withReason(() -> SpoolReader.damage(directory));
    }

    @Override
    public SendBatch outgoing() {
        return new StoreBatch(queue());
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        return queue().unpark(destination, id);
    }

    /** Opens the disk queue as its application does, which locks the directory and recovers a damaged file. */
    private DiskQueue queue() {
        if (queue == null) {
            // a wrong directory and the file of another version must not be changed
            withReason(() -> SpoolReader.read(directory));
            SpoolSettings settings =
                    new SpoolSettings(directory, Integer.MAX_VALUE, MAX_BYTES, WRITE_TIMEOUT, false, Duration.ZERO);
            queue = withReason(() -> new DiskQueue(
                    settings, Application.UNNAMED, new FailureListener(), System::nanoTime, InstantSource.system()));
        }
        return queue;
    }

    /** Keeps the reason why the disk queue could not write a change. */
    private final class FailureListener implements SpoolListener {

        @Override
        public void full(String reason) {
            failure = reason;
        }

        @Override
        public void failed(String reason) {
            failure = reason;
        }

        @Override
        public void recovered() {
            failure = null;
        }
    }

    private static <T> T withReason(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (SpoolException e) {
            throw new SourceException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Waits until the changes are on disk. */
    @Override
    public void close() {
        if (queue != null) {
            queue.close();
        }
        if (failure != null) {
            throw new SourceException(failure);
        }
    }
}
