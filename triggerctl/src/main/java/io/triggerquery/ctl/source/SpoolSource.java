package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directory of a disk queue. It can be read while its application runs, and changed only while it does not. */
public final class SpoolSource implements Source {

    private final Path directory;
    private @Nullable SpoolLock lock;
    private @Nullable SpoolFile writable;

    /** Creates a source that opens the file when it is used. */
    public SpoolSource(Path directory) {
        this.directory = directory;
    }

    @Override
    public Contents read() {
        try (SpoolFile file = SpoolFile.openToRead(directory)) {
            return file.read();
        }
    }

    @Override
    public List<String> damage() {
        try (SpoolFile file = SpoolFile.openToRead(directory)) {
            return file.check();
        }
    }

    @Override
    public SendBatch outgoing() {
        SpoolFile file = openWritable();
        List<OutgoingTrigger> waiting = file.read().entries().stream()
                .filter(entry -> entry.state() == State.WAITING)
                .map(Entry::trigger)
                .toList();
        return new InMemorySource(
                waiting,
                sent -> file.delete(sent.stream().map(Claimed::trigger).toList()),
                (refused, reason) ->
                        file.park(refused.stream().map(Claimed::trigger).toList(), reason));
    }

    @Override
    public int unpark(String destination, @Nullable String id) {
        return openWritable().unpark(destination, id);
    }

    private SpoolFile openWritable() {
        if (writable == null) {
            // checked first, so that no lock file is created in a wrong directory
            SpoolFile.check(directory);
            if (lock == null) {
                lock = SpoolLock.take(directory);
            }
            writable = SpoolFile.openToChange(directory);
        }
        return writable;
    }

    @Override
    public void close() {
        if (writable != null) {
            writable.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
