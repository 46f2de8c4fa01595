package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a group, as this one knows them from the control topic, and what this one tells the others.
 *
 * <p>Only records that have been read change the state, also those of this instance, so all instances see the changes
 * in the same order. If the topic cannot be used, pauses concern this instance alone and end with it.
 *
 * <p>Threads: one calls {@link #read}, {@link #readToEnd} and {@link #tick}; any thread calls the others. Bounds: those
 * of {@link ControlState}; each wait has a limit of {@link ControlSettings}.
 */
public final class Fleet {

    /** So that a pause is over when the timer says so. */
    private static final Duration AFTER_END = Duration.ofMillis(10);

    private final String instance;
    private final ControlLog topic;
    private final ControlSettings settings;
    private final Clocks.Timer timer;
    private final FleetState state;
    private final Commands commands;

    /**
     * Creates the fleet of a group without members.
     *
     * @param instance the name of this instance, unique in the group
     * @param topic the control topic
     * @param audit receives the commands that this instance executes for others
     */
    public Fleet(String instance, ControlLog topic, ControlSettings settings, Clocks clocks, Audit audit) {
        this.instance = instance;
        this.topic = topic;
        this.settings = settings;
        this.timer = clocks.timer();
        this.state = new FleetState(instance, topic, settings.statusEvery(), clocks);
        this.commands = new Commands(instance, topic, settings, audit, state::othersAlive);
    }

    /** Returns the name of this instance. */
    public String instance() {
        return instance;
    }

    /** Adds a listener of this instance. */
    public void join(Member member) {
        commands.join(member);
        state.join(member);
    }

    /** Reads the next record of the topic. */
    public void read(ControlLog.Record message) {
        FleetState.Received received = state.read(message);
        if (received == null) {
            return;
        }
        ControlFormat.Entry entry = received.entry();
        if (entry.key() instanceof ControlKey.Answer key && entry.value() instanceof ControlValue.Answer answer) {
            commands.answered(key, answer);
        } else if (received.isNew()
                && entry.key() instanceof ControlKey.Command key
                && entry.value() instanceof ControlValue.Command command) {
            commands.execute(key, command, received.age());
        }
    }

    /** Records that the topic has been read up to its end. Commands are executed from now on. */
    public void readToEnd() {
        state.readToEnd().forEach(this::send);
    }

    /** Sends what is due, and ends pauses whose time has come. Called at least once a second. */
    public void tick() {
        FleetState.Due due = state.due();
        commands.update();
        for (Map.Entry<ControlKey, ControlValue> status : due.statuses().entrySet()) {
            if (send(status.getKey(), status.getValue()).isCompletedExceptionally()) {
                return; // each of the others would wait for the broker too
            }
        }
        due.expired().forEach(key -> send(key, null));
    }

    private CompletableFuture<Long> send(ControlKey key, @Nullable ControlValue value) {
        return topic.send(ControlFormat.key(key), value == null ? null : ControlFormat.value(value));
    }

    /** Deletes this instance's statuses, so that the others see at once that it has gone. */
    public CompletableFuture<?> leave() {
        state.stopped();
        return CompletableFuture.allOf(
                state.statusKeys().stream().map(key -> send(key, null)).toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Waits until the topic has been read up to its end.
     *
     * @return whether it has; false if the time is over or the topic cannot be used
     */
    public boolean awaitRead(Duration limit) throws InterruptedException {
        return state.awaitEnd(limit);
    }

    /**
     * Pauses a listener, or one of its ids, in all instances.
     *
     * @param id the id, or null for the listener
     * @return why it concerns this instance only, or null
     */
    public @Nullable String pause(String listener, @Nullable String id, PauseRequest request)
            throws InterruptedException {
        return write(ControlKey.ofPause(listener, id), request.startingAt(state.now()));
    }

    /**
     * Resumes a listener, or one of its ids, in all instances.
     *
     * @param id the id, or null for the listener
     * @return why it concerns this instance only, or null
     */
    public @Nullable String resume(String listener, @Nullable String id) throws InterruptedException {
        return write(ControlKey.ofPause(listener, id), null);
    }

    private @Nullable String write(ControlKey key, ControlValue.@Nullable Pause pause) throws InterruptedException {
        String problem = topic.unavailable();
        if (problem == null) {
            ReadBack own = state.expect(key, pause);
            try {
                send(key, pause).get(settings.writeWithin().toNanos(), TimeUnit.NANOSECONDS);
                return state.awaitReadBack(own, settings.writeWithin())
                        ? null
                        : "it is written, but this instance has not read it back yet";
            } catch (ExecutionException | TimeoutException failure) {
                problem = Commands.unwritten(topic, failure);
            } finally {
                state.forget(own);
            }
        }
        Instant now = state.applyHere(key, pause);
        if (pause != null && pause.until() != null) {
            timer.schedule(Duration.between(now, pause.until()).plus(AFTER_END), state::endPauses);
        }
        return problem;
    }

    /** Returns the pause of an id that has not ended, or null. */
    public ControlValue.@Nullable Pause pauseOf(String listener, String id) {
        return state.pauseOf(listener, id);
    }

    /** Returns whether no more ids can be paused. */
    public boolean isFullOfPausedIds() {
        return state.isFullOfIdPauses();
    }

    /**
     * Sends a command to the other instances and waits for their answers, for a few seconds at most.
     *
     * @param id the id that it concerns, or null
     * @param by the user who requests it
     */
    public CommandResult command(Operation operation, String listener, @Nullable String id, String by)
            throws InterruptedException {
        String problem = topic.unavailable();
        return problem != null
                ? CommandResult.notSent(problem)
                : commands.send(operation, new ControlValue.Command(listener, operation.text(), id, by, instance));
    }

    /** Returns what is known of a listener in all instances. */
    public FleetReport report(String listener) {
        String problem = topic.unavailable();
        String alone =
                problem != null || state.isRead() ? problem : "the control topic has not been read to its end yet";
        return state.report(listener, new FleetReport.From(instance, topic.topic(), alone));
    }
}
