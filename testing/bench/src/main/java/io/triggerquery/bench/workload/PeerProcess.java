package io.triggerquery.bench.workload;

import io.triggerquery.bench.peer.PeerMain;
import io.triggerquery.bench.workload.PeerEvent.Fresh;
import io.triggerquery.bench.workload.PeerEvent.Memory;
import io.triggerquery.bench.workload.PeerEvent.Ready;
import io.triggerquery.bench.workload.PeerEvent.Sample;
import io.triggerquery.testbed.JavaProcess;
import io.triggerquery.testbed.Jvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A peer in a separate process.
 *
 * <p>Threads: one. Failure: {@link IllegalStateException} if it ends by itself, if it is silent for a minute, or if an
 * awaited state is not reached.
 */
final class PeerProcess implements AutoCloseable {

    private static final Jvm JVM = Jvm.of("-Xms1g", "-Xmx2g");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

    private final String name;
    private final PeerEvents events;
    private final JavaProcess process;
    private final PeerLog log;

    /** Starts the process, and returns when the peer is ready. */
    PeerProcess(String peer, Map<String, String> properties, Path log) {
        this.name = peer + ", see " + log + ",";
        this.events = new PeerEvents(name, this::isAlive);
        this.process =
                JavaProcess.start(JVM.with(properties).command(PeerMain.class, List.of(peer)), log, events::receive);
        this.log = new PeerLog(log);
        events.next(Ready.class);
    }

    /** Returns the log. */
    PeerLog log() {
        return log;
    }

    private boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the events. */
    PeerEvents events() {
        return events;
    }

    /** Waits for a sample that must come. */
    Sample await(String what, Predicate<Sample> wanted) {
        return events.within(LONGEST_WAIT, wanted)
                .orElseThrow(() -> new IllegalStateException(
                        name + " has not reached this within " + LONGEST_WAIT.toMinutes() + " min: " + what));
    }

    /** Returns the times to fresh since the start. */
    Fresh timesToFresh() {
        process.sendLine("fresh");
        return events.next(Fresh.class);
    }

    /** Returns the used heap after a full garbage collection. */
    long liveBytes() {
        process.sendLine("memory");
        return events.next(Memory.class).liveBytes();
    }

    /** Lets the projection fail for every id. */
    void breakProjection() {
        process.sendLine("break");
    }

    /** Lets the projection work again. */
    void repairProjection() {
        process.sendLine("repair");
    }

    /** Lets the peer commit its completed work and end. */
    void stop() {
        process.sendLine("stop");
        process.awaitEnd();
    }

    /** Kills the process with signal 9. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
