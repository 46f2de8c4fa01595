package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directory of a disk queue. It can be read while its application runs, and changed while that does not. */
public final class SpoolSource implements Source {

    private final Path directory;
    private @Nullable SpoolLock lock;
    private @Nullable SpoolFile changing;

    /** Opens nothing yet. */
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
        SpoolFile file = changing();
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
        return changing().unpark(destination, id);
    }

    private SpoolFile changing() {
        if (changing == null) {
            // first, so that a mistyped directory gets no lock file
            SpoolFile.check(directory);
            if (lock == null) {
                lock = SpoolLock.take(directory);
            }
            changing = SpoolFile.openToChange(directory);
        }
        return changing;
    }

    @Override
    public void close() {
        if (changing != null) {
            changing.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
