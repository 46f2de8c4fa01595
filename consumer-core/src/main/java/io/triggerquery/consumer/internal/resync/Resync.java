package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.TriggerIdRule;
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
 * <p>Threads: {@link #tick} is called by one thread, which a run holds until it ends, so two never overlap; everything
 * else may be called by any thread and returns at once. Bounds: one page of the source in memory. Failure: whatever the
 * source, the projection or the progress throws ends the run; it goes on from its last checkpoint after a pause.
 */
public final class Resync {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    /** How many times what a run may have open may be open together with what is requested by hand. */
    private static final int MOST_OPEN_RUNS = 2;

    private final String listener;
    private final ResyncTarget target;
    private final @Nullable ResyncRun run;
    private final ResyncProgress progress;
    private final ResyncSettings settings;
    private final InstantSource clock;
    private final Instant createdAt;

    private final AtomicReference<Wish> wish = new AtomicReference<>(Wish.NONE);
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong differences = new AtomicLong();
    private volatile @Nullable Checkpoint known;
    private volatile @Nullable Checkpoint aside;
    private volatile @Nullable Instant finishedAt;
    private volatile boolean running;
    private volatile @Nullable String lastError;
    private volatile Instant notBefore = Instant.MIN;
    private int failures;
    private Instant failingSince = Instant.MIN;

    private enum Wish {
        NONE,
        DIFFERENCES,
        EVERYTHING;

        private Wish or(Wish other) {
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

    /** Compares everything with the source, from the start, and has the differences queried. */
    public ResyncStart resync() {
        return wish(Wish.DIFFERENCES);
    }

    /**
     * As {@link #resync()}, for triggers that were lost before this instance had read them. Where another instance runs
     * the resync, this one compares once as well: it cannot tell the other. It keeps no checkpoint of that, so a restart
     * ends it, and leaves the rest to the next run of the other.
     */
    public ResyncStart resyncAfterLoss() {
        if (run == null || target.isOurs()) {
            return resync();
        }
        return accept(Wish.DIFFERENCES, aside);
    }

    /** Has everything that the source lists queried, without comparing. */
    public ResyncStart resyncAll() {
        return wish(Wish.EVERYTHING);
    }

    /**
     * Has one id queried now, together with the live triggers, whatever version the projection holds. Any instance can
     * do that.
     *
     * @return whether it has been requested; not while so many requests are open that more would only fill the memory
     * @throws IllegalArgumentException if it is no id
     */
    public synchronized boolean resync(String id) {
        TriggerIdRule.check(id);
        if (target.open() >= MOST_OPEN_RUNS * settings.maxOpen()) {
            return false;
        }
        target.refresh(id, OptionalLong.empty(), true);
        return true;
    }

    /** What it is at. */
    public ResyncStatus status() {
        Checkpoint at = known;
        return new ResyncStatus(
                run != null && target.isOurs(),
                running,
                at != null && at.finishedAt() == null && at.everything(),
                at == null ? null : at.cursor(),
                listed.get(),
                differences.get(),
                at == null ? null : at.startedAt(),
                finishedAt,
                lastError);
    }

    private ResyncStart wish(Wish wanted) {
        if (run == null) {
            return ResyncStart.NO_SOURCE;
        }
        if (!target.isOurs()) {
            return ResyncStart.ELSEWHERE;
        }
        return accept(wanted, known);
    }

    private ResyncStart accept(Wish wanted, @Nullable Checkpoint at) {
        wish.accumulateAndGet(wanted, Wish::or);
        notBefore = Instant.MIN; // who asks believes that it works again
        return at != null && at.finishedAt() == null ? ResyncStart.AFTER_THE_RUN : ResyncStart.NOW;
    }

    boolean hasSource() {
        return run != null;
    }

    /** Looks whether there is anything to run, and runs it. */
    void tick(Sleeper pauses) {
        if (run == null) {
            return;
        }
        boolean ours = target.isOurs();
        if (!ours) {
            known = null; // another instance may go on from there
        }
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        try {
            boolean owns = ours && aside == null; // else beside the runs of another instance
            Checkpoint due = owns ? due() : dueAside();
            if (due != null) {
                running = true;
                run(run, due, owns);
            }
        } catch (Throwable failure) {
            if (!pauses.over()) { // else the stop has ended it
                failed(failure);
            }
        } finally {
            running = false;
        }
    }

    /** The run to go on with or to begin, or null if there is none. */
    private @Nullable Checkpoint due() throws Exception {
        Checkpoint last = known;
        if (last == null) {
            last = progress.read(listener).orElse(Checkpoint.idleSince(createdAt));
            finishedAt = last.startedAt() == null ? null : last.finishedAt();
            known = last;
        }
        Instant ended = last.finishedAt();
        if (ended == null) {
            return last;
        }
        Wish wanted = wish.getAndSet(Wish.NONE);
        Instant now = clock.instant();
        boolean isTime = !settings.every().isZero() && !now.isBefore(ended.plus(settings.every()));
        return wanted != Wish.NONE || isTime ? Checkpoint.begin(wanted == Wish.EVERYTHING, now) : null;
    }

    /** The same where another instance has the schedule and the checkpoints. */
    private @Nullable Checkpoint dueAside() {
        Wish wanted = aside == null ? wish.getAndSet(Wish.NONE) : Wish.NONE;
        if (wanted != Wish.NONE) {
            aside = Checkpoint.begin(wanted == Wish.EVERYTHING, clock.instant());
        }
        return aside;
    }

    private void run(ResyncRun itsRun, Checkpoint from, boolean owns) throws Exception {
        at(from, owns);
        if (from.cursor() == null) {
            listed.set(0);
            differences.set(0);
            keep(from, owns);
        }
        Checkpoint end =
                itsRun.go(from, () -> !owns || target.isOurs(), (page, next, done) -> reached(page, next, owns, done));
        finishedAt = end.finishedAt() == null ? finishedAt : end.finishedAt();
        log.info(
                "{}: the resync has {}, {} ids listed, {} requested",
                listener,
                end.finishedAt() == null ? "gone to another instance, which goes on from the last checkpoint" : "ended",
                listed,
                differences);
    }

    private void at(Checkpoint place, boolean owns) {
        if (owns) {
            known = place;
        } else {
            aside = place.finishedAt() == null ? place : null;
        }
    }

    private void keep(Checkpoint place, boolean owns) throws Exception {
        if (owns) {
            progress.write(listener, place);
        }
    }

    private void reached(PageComparison.Part page, Checkpoint next, boolean owns, boolean done) throws Exception {
        if (done || next.finishedAt() != null) {
            keep(next, owns);
        }
        at(next, owns);
        listed.addAndGet(page.listed());
        differences.addAndGet(page.differences().size());
        if (failures > 0) {
            log.info("{}: the resync goes on again, after {} failures", listener, failures);
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
            log.warn("{}: the resync is broken off, and will go on from where it was: {}", listener, lastError);
        }
        log.debug("{}: the resync is broken off", listener, failure);
    }
}
