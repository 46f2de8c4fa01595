package io.triggerquery.consumer.internal.freshness;

import io.triggerquery.consumer.FreshnessResult.Fresh;
import io.triggerquery.consumer.FreshnessResult.How;
import io.triggerquery.consumer.FreshnessResult.Known;
import io.triggerquery.consumer.FreshnessResult.Reason;
import io.triggerquery.consumer.FreshnessResult.Refused;
import io.triggerquery.consumer.FreshnessResult.TimedOut;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.FreshReads;
import io.triggerquery.consumer.internal.engine.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The awaits of one listener: first what is projected already is looked up, if the caller names a version, and then the
 * engine is asked for a round.
 *
 * <p>Threads: any. Bounds: {@link FreshReads#MAX_CALLERS}.
 */
final class ListenerAwaits {

    private final AwaitableListener listener;
    private final @Nullable VersionLookup lookup;
    private final Timer timer;
    private final InstantSource clock;
    private final Set<Await> lookingUp = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates an instance.
     *
     * @param projected the versions in the projection, or null if only those that the engine has applied are known
     * @param timer ends look-ups at the timeout
     */
    ListenerAwaits(
            AwaitableListener listener, @Nullable ProjectedVersions projected, Timer timer, InstantSource clock) {
        this.listener = listener;
        this.lookup = projected == null ? null : new VersionLookup(listener.id(), projected);
        this.timer = timer;
        this.clock = clock;
    }

    AwaitableListener listener() {
        return listener;
    }

    /** Begins an await. */
    void begin(Await await) {
        if (await.version().isEmpty()) {
            ask(await);
        } else if (lookup == null) {
            lookedUp(await, listener.engine().ids().applied(await.id()));
        } else {
            lookUp(await, lookup);
        }
    }

    private void lookUp(Await await, VersionLookup versions) {
        if (lookingUp.size() >= FreshReads.MAX_CALLERS) {
            await.complete(new Refused(Reason.TOO_MANY, Known.NOTHING));
            return;
        }
        lookingUp.add(await);
        Timer.Cancellation timeout =
                timer.schedule(await.remaining(), () -> await.complete(new TimedOut(Known.NOTHING)));
        versions.lookUp(await.id(), version -> {
            lookingUp.remove(await);
            timeout.cancel();
            lookedUp(await, version);
        });
    }

    private void lookedUp(Await await, OptionalLong version) {
        if (await.isFreshWith(version)) {
            await.complete(new Fresh(How.ALREADY_PROJECTED, version));
        } else if (!await.answer().isDone()) {
            ask(await);
        }
    }

    private void ask(Await await) {
        Duration remaining = await.remaining();
        Reason refusal = refusal();
        if (refusal != null) {
            await.complete(new Refused(refusal, Known.NOTHING));
        } else if (remaining.isNegative() || remaining.isZero()) {
            await.complete(new TimedOut(Known.NOTHING));
        } else {
            var trigger = new Trigger(listener.topic(), await.id(), OptionalLong.empty(), clock.instant());
            FreshReads reads = listener.engine().freshReads();
            await.withdrawnBy(reads.await(trigger, await.version(), remaining, await::complete));
        }
    }

    private @Nullable Reason refusal() {
        if (closed) {
            return Reason.CLOSED;
        }
        if (!listener.running().getAsBoolean()) {
            return Reason.NOT_RUNNING;
        }
        return listener.paused().getAsBoolean() ? Reason.LISTENER_PAUSED : null;
    }

    /** Answers all callers and all later ones, or accepts callers again. */
    void close(boolean isClosed) {
        closed = isClosed;
        listener.engine().freshReads().close(isClosed);
        if (isClosed) {
            lookingUp.forEach(await -> await.complete(new Refused(Reason.CLOSED, Known.NOTHING)));
        }
    }
}
