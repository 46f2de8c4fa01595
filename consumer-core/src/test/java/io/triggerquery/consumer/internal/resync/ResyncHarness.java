package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.internal.id.IdRule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A source, a projection and the engines of instances, in virtual time. A request completes {@link #latency} after it
 * was made, and its state is then projected. Time passes only in pauses.
 */
final class ResyncHarness implements Sleeper, InstantSource {

    static final String LISTENER = "things";

    private static final int MAX_PAUSES = 100_000;

    static final Duration EVERY = Duration.ofHours(1);

    final TreeMap<String, ResyncSource.Entry> source = new TreeMap<>();
    final Map<String, Long> projection = new TreeMap<>();
    final List<Requested> requests = new ArrayList<>();
    final List<String> pages = new ArrayList<>();
    final Set<String> stuck = new HashSet<>();
    final KeptProgress progress = new KeptProgress();
    final TreeMap<Duration, Runnable> later = new TreeMap<>();

    int pageSize = 10;
    Duration latency = Duration.ofMillis(20);
    boolean comparing = true;
    int mostOpen;
    Throwable failure;
    Instance owner;
    ResyncSettings settings =
            new ResyncSettings(EVERY, 100, 50, failing -> Duration.ofSeconds(1).plus(failing));

    private Duration now = Duration.ofDays(1);
    private boolean stopping;
    private int pauses;

    record Requested(Instance by, String id, OptionalLong version, boolean urgent, Duration at) {}

    /** An instance of the application. */
    final class Instance implements ResyncTarget {

        final Map<String, Duration> open = new LinkedHashMap<>();
        final Resync resync = resync(this);

        @Override
        public boolean isOwner() {
            return owner == this;
        }

        @Override
        public void refresh(String id, OptionalLong version, boolean urgent) {
            requests.add(new Requested(this, id, version, urgent, now));
            open.put(id, now.plus(latency));
            mostOpen = Math.max(mostOpen, open.size());
        }

        @Override
        public int open() {
            open.entrySet().removeIf(request -> {
                boolean done = request.getValue().compareTo(now) <= 0 && !stuck.contains(request.getKey());
                if (done && source.containsKey(request.getKey())) {
                    projection.put(
                            request.getKey(), source.get(request.getKey()).version());
                }
                return done;
            });
            return open.size();
        }

        /** Runs what is due. */
        Instance tick() {
            resync.tick(ResyncHarness.this);
            return this;
        }
    }

    /** The first instance, which has the partition. */
    Instance start() {
        owner = new Instance();
        return owner;
    }

    private Resync resync(Instance instance) {
        var listing = new PageComparison(new ListedSource(), comparing ? projected() : null, IdRule.DEFAULT);
        var throttle = new Throttle(settings, instance, this, () -> now.toNanos());
        return new Resync(
                LISTENER, instance, new ResyncRun(listing, instance, throttle, this), progress, settings, this);
    }

    private ProjectedVersions projected() {
        return ProjectedVersions.of(LISTENER, ids -> {
            Map<String, Long> held = new TreeMap<>(projection);
            held.keySet().retainAll(ids);
            return held;
        });
    }

    /** Ids with version 1 at the source, not projected. */
    void add(int count) {
        IntStream.range(0, count).forEach(i -> put("thing-%05d".formatted(i), 1));
    }

    void put(String id, long version) {
        source.put(id, ResyncSource.Entry.of(id, version));
    }

    void putTombstone(String id, long version) {
        source.put(id, new ResyncSource.Entry(id, version, true));
    }

    List<String> requested() {
        return requests.stream().map(Requested::id).toList();
    }

    Duration now() {
        return now;
    }

    void advance(Duration by) {
        Duration until = now.plus(by);
        while (!later.isEmpty() && later.firstKey().compareTo(until) <= 0) {
            var due = later.pollFirstEntry();
            now = due.getKey().compareTo(now) > 0 ? due.getKey() : now;
            due.getValue().run();
        }
        now = until;
    }

    void after(Duration delay, Runnable action) {
        later.put(now.plus(delay), action);
    }

    /** Ends the run like a stop of the application; then a new instance can be started. */
    void restart() {
        stopping = true;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (++pauses > MAX_PAUSES) {
            throw new AssertionError("waits for ever");
        }
        advance(duration);
        if (stopping) {
            throw new InterruptedException("the application stops");
        }
    }

    @Override
    public boolean isStopped() {
        boolean over = stopping;
        stopping = false;
        return over;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(now);
    }

    /** Returns pages of ids after the cursor, in order. */
    private final class ListedSource implements ResyncSource {

        @Override
        public String listener() {
            return LISTENER;
        }

        @Override
        public Page page(String cursor) throws Exception {
            pages.add(cursor == null ? "first" : cursor);
            if (failure instanceof Exception exception) {
                throw exception;
            } else if (failure instanceof Error error) {
                throw error;
            }
            List<Entry> entries = source.tailMap(cursor == null ? "" : cursor, false).values().stream()
                    .limit(pageSize)
                    .toList();
            boolean last = entries.size() < pageSize;
            return new Page(
                    entries, last ? null : entries.get(entries.size() - 1).id());
        }
    }

    /** Outlives instances, like a table. */
    static final class KeptProgress implements ResyncProgress {

        final ResyncProgress kept = new InMemoryResyncProgress();
        final List<Checkpoint> written = new ArrayList<>();
        boolean away;

        @Override
        public Optional<Checkpoint> read(String listener) throws Exception {
            check();
            return kept.read(listener);
        }

        @Override
        public void write(String listener, Checkpoint checkpoint) throws Exception {
            check();
            written.add(checkpoint);
            kept.write(listener, checkpoint);
        }

        private void check() {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
        }
    }
}
