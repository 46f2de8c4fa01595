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
 * A peer in a process of its own.
 *
 * <p>Threads: one. Failure: {@link IllegalStateException} if it ends by itself, if it is silent for a minute, or if
 * what it is waited for does not come.
 */
final class PeerProcess implements AutoCloseable {

    private static final Jvm JVM = Jvm.of("-Xms1g", "-Xmx2g");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

    private final String name;
    private final PeerTalk talk;
    private final JavaProcess process;
    private final PeerLog log;

    /** Starts it, and returns when it is ready. */
    PeerProcess(String peer, Map<String, String> properties, Path log) {
        this.name = peer + ", see " + log + ",";
        this.talk = new PeerTalk(name, this::isAlive);
        this.process = JavaProcess.start(JVM.with(properties).command(PeerMain.class, List.of(peer)), log, talk::hear);
        this.log = new PeerLog(log);
        talk.next(Ready.class);
    }

    /** What it logs. */
    PeerLog log() {
        return log;
    }

    private boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said. */
    PeerTalk talk() {
        return talk;
    }

    /** Waits for what must come. */
    Sample await(String what, Predicate<Sample> wanted) {
        return talk.within(LONGEST_WAIT, wanted)
                .orElseThrow(() -> new IllegalStateException(
                        name + " has not come so far within " + LONGEST_WAIT.toMinutes() + " min: " + what));
    }

    /** Times to fresh since it started. */
    Fresh timesToFresh() {
        process.say("fresh");
        return talk.next(Fresh.class);
    }

    /** What lives on its heap after a full collection. */
    long liveBytes() {
        process.say("memory");
        return talk.next(Memory.class).liveBytes();
    }

    /** Lets its projection fail for every id. */
    void breakProjection() {
        process.say("break");
    }

    /** Lets its projection work again. */
    void repairProjection() {
        process.say("repair");
    }

    /** Lets it commit what it has done, and end. */
    void stop() {
        process.say("stop");
        process.awaitEnd();
    }

    /** Kills it with signal 9. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
