package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the resync of one listener when it is due or requested, and resumes a run that was interrupted.
 *
 * <p>Threads: {@link #tick} is called by one thread, which a run occupies until it ends, so two runs never overlap; all
 * other methods may be called by any thread and return immediately. Bounds: one page of the source in memory. Failure:
 * an exception of the source, the projection or the progress ends the run; it continues from its last checkpoint after
 * a pause.
 */
public final class Resync {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    /** Requests of a run and of operators together may be open up to this multiple of {@code maxOpen}. */
    private static final int MAX_OPEN_FACTOR = 2;

    private final String listener;
    private final ResyncTarget target;
    private final @Nullable ResyncRun run;
    private final ResyncProgress progress;
    private final ResyncSettings settings;
    private final InstantSource clock;
    private final Instant createdAt;

    private final AtomicReference<Scope> requested = new AtomicReference<>(Scope.NONE);
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong differences = new AtomicLong();
    private volatile @Nullable Checkpoint checkpoint;
    /** The run after a loss, where another instance has the schedule and the stored checkpoints. */
    private volatile @Nullable Checkpoint runAfterLoss;

    private volatile @Nullable Instant finishedAt;
    private volatile boolean running;
    private volatile @Nullable String lastError;
    private volatile Instant notBefore = Instant.MIN;
    private int failures;
    private Instant failingSince = Instant.MIN;

    private enum Scope {
        NONE,
        DIFFERENCES,
        EVERYTHING;

        private Scope max(Scope other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    Resync(
            String listener,
            ResyncTarget target,
            @Nullable ResyncRun run,
            ResyncProgress progress,
            ResyncSettings settings,
            InstantSource clock) {
        this.listener = listener;
        this.target = target;
        this.run = run;
        this.progress = progress;
        this.settings = settings;
        this.clock = clock;
        this.createdAt = clock.instant();
    }

    /** Requests a run that compares the projection with the source from the first page, and queries the differences. */
    public ResyncStart resync() {
        return request(Scope.DIFFERENCES);
    }

    /**
     * Requests a run like {@link #resync()}, for triggers that were lost before this instance read them. If another
     * instance runs the resync, this one compares once as well, since it cannot notify the other. That run has no
     * stored checkpoint: a restart ends it, and the next scheduled run of the other instance finds the rest.
     */
    public ResyncStart resyncAfterLoss() {
        if (run == null || target.isOwner()) {
            return resync();
        }
        return accept(Scope.DIFFERENCES, runAfterLoss);
    }

    /** Requests a run that queries every id that the source lists, without comparing. */
    public ResyncStart resyncAll() {
        return request(Scope.EVERYTHING);
    }

    /**
     * Queries one id now, with the priority of live triggers, whatever version the projection has. Works on any
     * instance.
     *
     * @param id the id, which the listener's rule permits
     * @return whether the id was requested; false while the maximum number of requests is open, which bounds the memory
     */
    public boolean resync(String id) {
        return request(id, OptionalLong.empty(), true, MAX_OPEN_FACTOR * settings.maxOpen());
    }

    /**
     * Queries one id, with a lower priority than live triggers. Works on any instance.
     *
     * @param version the minimum version that the answer must have, if it is known
     * @return whether the id was requested; false while as many requests are open as a run may have
     */
    public boolean repair(String id, OptionalLong version) {
        return request(id, version, false, settings.maxOpen());
    }

    private synchronized boolean request(String id, OptionalLong version, boolean urgent, int maxOpen) {
        if (target.open() >= maxOpen) {
            return false;
        }
        target.refresh(id, version, urgent);
        return true;
    }

    /** Returns whether this instance has what one instance of the group does at a time. */
    public boolean isOwner() {
        return target.isOwner();
    }

    /** Returns the status. */
    public ResyncStatus status() {
        Checkpoint current = checkpoint;
        return new ResyncStatus(
                run != null && target.isOwner(),
                running,
                current != null && current.finishedAt() == null && current.everything(),
                current == null ? null : current.cursor(),
                listed.get(),
                differences.get(),
                current == null ? null : current.startedAt(),
                finishedAt,
                lastError);
    }

    private ResyncStart request(Scope scope) {
        if (run == null) {
            return ResyncStart.NO_SOURCE;
        }
        if (!target.isOwner()) {
            return ResyncStart.ELSEWHERE;
        }
        return accept(scope, checkpoint);
    }

    private ResyncStart accept(Scope scope, @Nullable Checkpoint current) {
        requested.accumulateAndGet(scope, Scope::max);
        notBefore = Instant.MIN; // an operator's request ends the back-off
        return current != null && current.finishedAt() == null ? ResyncStart.AFTER_THE_RUN : ResyncStart.NOW;
    }

    boolean hasSource() {
        return run != null;
    }

    /** Runs a resync if one is due, requested or interrupted. */
    void tick(Sleeper sleeper) {
        if (run == null) {
            return;
        }
        boolean isOwner = target.isOwner();
        if (!isOwner) {
            checkpoint = null; // another instance may continue from the stored checkpoint
        }
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        try {
            boolean stored = isOwner && runAfterLoss == null;
            Checkpoint nextRun = stored ? nextRun() : nextRunAfterLoss();
            if (nextRun != null) {
                running = true;
                run(run, nextRun, stored);
            }
        } catch (Throwable failure) {
            if (!sleeper.isStopped()) { // otherwise the stop has ended the run
                failed(failure);
            }
        } finally {
            running = false;
        }
    }

    /** Returns the checkpoint of the run to continue or to begin, or null if there is none. */
    private @Nullable Checkpoint nextRun() throws Exception {
        Checkpoint last = checkpoint;
        if (last == null) {
            last = progress.read(listener).orElse(Checkpoint.idleSince(createdAt));
            finishedAt = last.startedAt() == null ? null : last.finishedAt();
            checkpoint = last;
        }
        Instant ended = last.finishedAt();
        if (ended == null) {
            return last;
        }
        Scope scope = requested.getAndSet(Scope.NONE);
        Instant now = clock.instant();
        boolean isTime = !settings.every().isZero() && !now.isBefore(ended.plus(settings.every()));
        return scope != Scope.NONE || isTime ? Checkpoint.begin(scope == Scope.EVERYTHING, now) : null;
    }

    private @Nullable Checkpoint nextRunAfterLoss() {
        Scope scope = runAfterLoss == null ? requested.getAndSet(Scope.NONE) : Scope.NONE;
        if (scope != Scope.NONE) {
            runAfterLoss = Checkpoint.begin(scope == Scope.EVERYTHING, clock.instant());
        }
        return runAfterLoss;
    }

    /**
     * @param stored whether the checkpoints of the run are stored; if not, it continues on an instance that is not the
     *     owner
     */
    private void run(ResyncRun resyncRun, Checkpoint from, boolean stored) throws Exception {
        setCheckpoint(from, stored);
        if (from.cursor() == null) {
            listed.set(0);
            differences.set(0);
            store(from, stored);
        }
        Checkpoint end = resyncRun.run(
                from, () -> !stored || target.isOwner(), (page, next, done) -> onPage(page, next, stored, done));
        finishedAt = end.finishedAt() == null ? finishedAt : end.finishedAt();
        log.info(
                "{}: The resync has {}. It listed {} ids and requested {}.",
                listener,
                end.finishedAt() == null
                        ? "moved to another instance, which continues from the last checkpoint"
                        : "ended",
                listed,
                differences);
    }

    private void setCheckpoint(Checkpoint next, boolean stored) {
        if (stored) {
            checkpoint = next;
        } else {
            runAfterLoss = next.finishedAt() == null ? next : null;
        }
    }

    private void store(Checkpoint next, boolean stored) throws Exception {
        if (stored) {
            progress.write(listener, next);
        }
    }

    private void onPage(PageComparison.Part page, Checkpoint next, boolean stored, boolean done) throws Exception {
        if (done || next.finishedAt() != null) {
            store(next, stored);
        }
        setCheckpoint(next, stored);
        listed.addAndGet(page.listed());
        differences.addAndGet(page.differences().size());
        if (failures > 0) {
            log.info("{}: The resync continues after {} failures.", listener, failures);
            failures = 0;
            lastError = null;
        }
    }

    private void failed(Throwable failure) {
        Instant now = clock.instant();
        if (failures++ == 0) {
            failingSince = now;
        }
        lastError = OneLine.of(failure);
        notBefore = now.plus(settings.backOff().after(Duration.between(failingSince, now)));
        if (failures == 1) {
            log.warn("{}: The resync has failed and will continue from its last checkpoint: {}", listener, lastError);
        }
        log.debug("{}: The resync has failed.", listener, failure);
    }
}
