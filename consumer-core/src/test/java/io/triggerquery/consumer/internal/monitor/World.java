package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.IdState;
import io.triggerquery.consumer.internal.engine.IdStatus;
import io.triggerquery.consumer.internal.engine.PastRound;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.monitor.Projected.Existence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A source, a topic, an engine and a projection in virtual time. Reading a side takes time, in which everything else
 * continues. Triggers are applied in any order by queries like the engine's, and never project an older state.
 */
final class World implements MonitoredSides, MonitoredWork {

    static final TopicPartition PARTITION = new TopicPartition("things", 0);
    private static final int PAGE = 50;

    final Random random;
    final Map<String, State> source = new TreeMap<>();
    final Map<String, Projected> projection = new TreeMap<>();
    final TriggerSampler sampler;
    final ConsistencyMonitor monitor;
    final List<Violation> violations = new ArrayList<>();
    final Map<Measure, Map<Result, Integer>> results = new HashMap<>();
    final Set<String> pausedIds = new HashSet<>();
    int repairs;
    int asked;
    int absencesHeld;

    int maxIds = 100;
    boolean room = true;
    boolean owner = true;
    boolean versions = true;
    boolean tellsTombstones = true;
    boolean brokerAnswers = true;
    boolean sourceKnowsNothing;
    boolean listIsEmpty;
    RuntimeException sourceFailure;
    Duration latency = Duration.ofMillis(20);
    /** The lag of the source's answers. */
    Duration replicaLag = Duration.ZERO;
    /**
     * The longest time from a change to its trigger, from the trigger to its delivery, and from there to the query. The
     * sum is less than a second, the lowest measured age; a slower world would be wrong at that age.
     */
    Duration slowest = Duration.ofMillis(300);
    /** The clock error of the senders. */
    Duration clockSkew = Duration.ZERO;
    /** Called after an id has been read from the projection. */
    Consumer<String> afterRead = id -> {};

    /** Ids whose triggers stay open, are deferred or are dead-lettered. */
    final Map<String, String> outcomes = new HashMap<>();

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Map<String, List<State>> history = new HashMap<>();
    private final Map<String, List<Trigger>> open = new HashMap<>();
    private final Map<String, Settled> lastRounds = new HashMap<>();
    private final Map<String, Long> applied = new HashMap<>();
    private final Set<Long> unsettled = new HashSet<>();
    private long end;
    private long now = Duration.ofDays(1).toNanos();
    private long number;

    private record Event(long at, long number, Runnable action) {}

    private record Settled(long at, String outcome, OptionalLong triggered, OptionalLong answered) {

        PastRound round(long now) {
            return new PastRound(
                    Duration.ofNanos(now - at), Duration.ZERO, outcome, 1, triggered, answered, null, null);
        }
    }

    /** Returns the state of an id at the source. */
    record State(long version, boolean deleted, long since) {}

    World(long seed, int rate) {
        random = new Random(seed);
        sampler = new TriggerSampler(random);
        monitor = new ConsistencyMonitor(rate, sampler, this, this, new MonitorTime(() -> now, this::instant, random));
        monitor.add(new MonitorListener() {

            @Override
            public void checked(Measure measure, Result result) {
                results.computeIfAbsent(measure, any -> new HashMap<>()).merge(result, 1, Integer::sum);
            }

            @Override
            public void violated(Violation violation, Cause cause) {
                violations.add(violation);
            }

            @Override
            public void absencesHeld() {
                absencesHeld++;
            }
        });
    }

    Instant instant() {
        return Instant.ofEpochSecond(1_800_000_000).plusNanos(now);
    }

    void at(Duration delay, Runnable action) {
        events.add(new Event(now + delay.toNanos(), number++, action));
    }

    private Duration upTo(Duration most) {
        return Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
    }

    /** Advances the time without the monitor. */
    void pass(Duration duration) {
        long until = now + duration.toNanos();
        while (!events.isEmpty() && events.element().at() <= until) {
            Event next = events.remove();
            now = Math.max(now, next.at());
            next.action().run();
        }
        now = Math.max(now, until);
    }

    /** Advances the time with the monitor. */
    void run(Duration duration) throws Exception {
        long until = now + duration.toNanos();
        while (now < until) {
            monitor.tick();
            pass(Duration.ofMillis(250));
        }
    }

    /** Changes an id at the source, without a trigger. */
    void changeSilently(String id, boolean deleted) {
        State former = source.get(id);
        var next = new State(former == null ? 1 : former.version() + 1, deleted, now);
        source.put(id, next);
        history.computeIfAbsent(id, any -> new ArrayList<>()).add(next);
    }

    /** Changes an id and sends a trigger, whose version may be off by one. */
    void change(String id, boolean deleted) {
        changeSilently(id, deleted);
        long version = source.get(id).version() - random.nextInt(2);
        at(upTo(slowest), () -> send(id, versions ? OptionalLong.of(version) : OptionalLong.empty()));
    }

    void send(String id, OptionalLong version) {
        var trigger = new Trigger("things", id, version, instant().plus(clockSkew));
        long offset = end++;
        unsettled.add(offset);
        at(upTo(slowest), () -> receive(trigger, offset));
    }

    private void receive(Trigger trigger, long offset) {
        sampler.received(PARTITION, new Work.Refresh(trigger, RetryHistory.NONE));
        open.computeIfAbsent(trigger.id(), any -> new ArrayList<>()).add(trigger);
        String outcome = outcomes.getOrDefault(trigger.id(), "applied");
        if (!outcome.equals("open")) {
            at(upTo(slowest), () -> round(trigger, offset, outcome));
        }
    }

    private void round(Trigger trigger, long offset, String outcome) {
        State answer = source.get(trigger.id());
        at(Duration.ofMillis(50), () -> {
            if (outcome.equals("applied")) {
                apply(trigger.id(), answer);
            }
            settle(trigger, offset, outcome, answer);
        });
    }

    void apply(String id, State answer) {
        Projected former = projection.get(id);
        if (answer != null && (former == null || former.version() <= answer.version())) {
            Existence existence = answer.deleted() ? Existence.TOMBSTONE : Existence.STATE;
            projection.put(id, new Projected(versions ? answer.version() : 0, existence));
        }
    }

    private void settle(Trigger trigger, long offset, String outcome, State answer) {
        open.get(trigger.id()).remove(trigger);
        unsettled.remove(offset);
        boolean hasVersion = versions && answer != null && outcome.equals("applied");
        OptionalLong version = hasVersion ? OptionalLong.of(answer.version()) : OptionalLong.empty();
        version.ifPresent(of -> applied.merge(trigger.id(), of, Math::max));
        lastRounds.put(trigger.id(), new Settled(now, outcome, trigger.version(), version));
    }

    /** Makes both sides equal. */
    void fill(int ids) {
        for (int i = 0; i < ids; i++) {
            String id = "thing-%05d".formatted(i);
            changeSilently(id, false);
            apply(id, source.get(id));
        }
    }

    @Override
    public int maxIds() {
        return maxIds;
    }

    @Override
    public Map<String, Snapshot<?>> ask(List<String> ids) {
        asked += ids.size();
        pass(latency);
        if (sourceFailure != null) {
            throw sourceFailure;
        }
        Map<String, Snapshot<?>> answers = new HashMap<>();
        ids.forEach(id -> answers.put(id, snapshot(id)));
        pass(latency);
        return answers;
    }

    private Snapshot<?> snapshot(String id) {
        State state = sourceKnowsNothing ? null : asOf(id, now - replicaLag.toNanos());
        if (state == null || state.deleted()) {
            return state == null || !versions ? Snapshot.absent(id) : Snapshot.absent(id, state.version());
        }
        return versions ? Snapshot.found(id, "state", state.version()) : Snapshot.found(id, "state");
    }

    private State asOf(String id, long time) {
        State found = null;
        for (State state : history.getOrDefault(id, List.of())) {
            found = state.since() <= time ? state : found;
        }
        return found;
    }

    @Override
    public Map<String, Projected> projected(Collection<String> ids) {
        pass(latency);
        Map<String, Projected> found = new HashMap<>();
        for (String id : ids) {
            Projected one = projection.get(id);
            if (one != null) {
                found.put(id, tellsTombstones ? one : new Projected(one.version(), Existence.UNKNOWN));
            }
        }
        ids.forEach(afterRead);
        return found;
    }

    @Override
    public boolean listsSource() {
        return true;
    }

    @Override
    public Page sourcePage(String cursor) {
        List<Entry> entries = listIsEmpty
                ? List.of()
                : source.entrySet().stream()
                        .map(one -> new Entry(
                                one.getKey(),
                                one.getValue().version(),
                                one.getValue().deleted()))
                        .toList();
        return page(entries, cursor);
    }

    @Override
    public boolean listsProjection() {
        return true;
    }

    @Override
    public Page projectionPage(String cursor) {
        return page(
                projection.entrySet().stream()
                        .map(one -> new Entry(
                                one.getKey(),
                                one.getValue().version(),
                                one.getValue().isTombstone()))
                        .toList(),
                cursor);
    }

    private static Page page(List<Entry> all, String cursor) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(all.size(), from + PAGE);
        return new Page(all.subList(Math.min(from, to), to), to == all.size() ? null : String.valueOf(to));
    }

    @Override
    public boolean hasRoom() {
        return room;
    }

    @Override
    public boolean isOwner() {
        return owner;
    }

    @Override
    public IdStatus find(String id) {
        List<Trigger> triggers = open.getOrDefault(id, List.of());
        Settled last = lastRounds.get(id);
        Long version = applied.get(id);
        return new IdStatus(
                triggers.isEmpty()
                        ? null
                        : new IdStatus.OpenWork(
                                new IdState.Ready(IdState.Step.QUERY),
                                triggers.get(0),
                                List.of(),
                                0,
                                Duration.ZERO,
                                null),
                version == null ? OptionalLong.empty() : OptionalLong.of(version),
                last == null ? List.of() : List.of(last.round(now)));
    }

    @Override
    public boolean isPaused(String id) {
        return pausedIds.contains(id);
    }

    @Override
    public GroupProgress progress() {
        long settled = unsettled.stream().mapToLong(offset -> offset).min().orElse(end);
        return brokerAnswers ? new GroupProgress(Map.of(PARTITION, settled), Map.of(PARTITION, end), true) : null;
    }

    @Override
    public boolean request(String id, OptionalLong version) {
        repairs++;
        at(Duration.ofMillis(50), () -> apply(id, source.get(id)));
        return true;
    }

    int count(Measure measure, Result result) {
        return results.getOrDefault(measure, Map.of()).getOrDefault(result, 0);
    }

    int count(Result result) {
        return results.values().stream()
                .mapToInt(of -> of.getOrDefault(result, 0))
                .sum();
    }

    List<String> causes() {
        return violations.stream().map(Violation::cause).distinct().sorted().toList();
    }
}
