package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.handoff.AfterCommitStrategy;
import io.triggerquery.producer.internal.handoff.FallbackBuffer;
import io.triggerquery.producer.internal.handoff.Strategy;
import io.triggerquery.producer.internal.handoff.StrategyPublisher;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.outbox.OutboxStrategy;
import io.triggerquery.producer.internal.queue.ExpiringStore;
import io.triggerquery.producer.internal.queue.MemoryBuffer;
import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.queue.UnsentReport;
import io.triggerquery.producer.internal.relay.SimulatedRelays;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.internal.spool.DiskBuffer;
import io.triggerquery.producer.internal.spool.DiskQueue;
import io.triggerquery.producer.internal.spool.SimulatedDisk;
import io.triggerquery.producer.internal.spool.SimulatedSpool;
import io.triggerquery.producer.internal.spool.SpoolListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/** One process: the real publisher, buffers, queues and relays, assembled as in the application. */
final class SimulatedProcess implements SimulatedSpool.Host {

    private static final long SLOWEST_WRITE_NANOS = 5_000_000;
    private static final long SLOW_DISK_NANOS = 5_000_000_000L;
    private static final String GIVEN_UP = "not taken by Kafka within";
    private static final long LONGEST_STOP_NANOS = 60_000_000_000L;

    final SimulatedWorld world;
    final SimulatedMachine machine;
    final Setup setup;
    final SimulatedTransactions transactions;
    final StrategyPublisher publisher;
    final Map<Kind, TriggerRelay> relays = new EnumMap<>(Kind.class);
    final Map<Kind, RelayWatch> watches = new EnumMap<>(Kind.class);
    private final Map<Kind, SimulatedStore> stores = new EnumMap<>(Kind.class);
    /** The triggers that are being published or handed over. */
    List<Publication> given = new ArrayList<>();

    boolean dead;
    Coroutine stopping;

    private final Map<Kind, TriggerBuffer> buffers = new EnumMap<>(Kind.class);
    private final Map<Kind, Strategy> tables = new EnumMap<>(Kind.class);
    private final List<Coroutine> stops = new ArrayList<>();
    private final List<List<SmartLifecycle>> parts = new ArrayList<>();
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<VirtualExecutor> threads = new ArrayList<>();
    private final SimulatedRelays factory;
    private final UndeliveredReport report;
    private VirtualExecutor writer;

    SimulatedProcess(SimulatedWorld world, SimulatedMachine machine, Setup setup) {
        this.world = world;
        this.machine = machine;
        this.setup = setup;
        this.transactions = new SimulatedTransactions(world, this, true);
        this.report = new UndeliveredReport(
                world::instant,
                List.of((destination, triggers, reason) ->
                        UndeliveredLines.take().forEach(key -> reported(key, reason.startsWith(GIVEN_UP)))));
        this.factory = new SimulatedRelays(
                world.time::now, this::newThread, () -> new VirtualSenders(this::newThread), this::await);
        setup.used().forEach(this::add);
        Map<List<Kind>, Strategy> chains = new HashMap<>();
        Map<String, Strategy> strategies = new HashMap<>();
        setup.chains()
                .forEach((destination, chain) ->
                        strategies.put(destination, chains.computeIfAbsent(chain, this::strategy)));
        this.publisher = new StrategyPublisher(strategies);
    }

    private void reported(Key key, boolean givenUp) {
        if (givenUp) {
            stores.get(strategy(key.destination())).givenUp(key);
        }
        world.ledger.reported(this, key);
    }

    private Strategy strategy(List<Kind> chain) {
        if (tables.containsKey(chain.get(0))) {
            return tables.get(chain.get(0));
        }
        return new AfterCommitStrategy(
                new FallbackBuffer(chain.stream().map(buffers::get).toList(), report));
    }

    private void add(Kind kind) {
        switch (kind) {
            case MEMORY -> inMemory(kind, queue(), null);
            case RETRY -> {
                Duration age = world.scenario.settings(kind).schedule().length();
                TriggerQueue queue = queue();
                inMemory(kind, queue, new ExpiringStore(queue, age, report));
            }
            case DISK, DISK_WITH_INTENT -> onDisk(kind);
            case OUTBOX -> inTable();
        }
    }

    private TriggerQueue queue() {
        return new TriggerQueue(world.scenario.maxEntries(), world.time::now, world::instant);
    }

    private void inMemory(Kind kind, TriggerQueue queue, TriggerStore store) {
        TriggerRelay relay = relay(kind, store == null ? queue : store);
        buffers.put(kind, new SimulatedBuffer(this, new MemoryBuffer(queue, relay::wakeUp), kind));
        parts.add(List.of(new UnsentReport(queue, report), relay));
    }

    private void onDisk(Kind kind) {
        writer = newThread();
        DiskQueue queue = SimulatedSpool.queue(
                world.scenario.spool(kind == Kind.DISK_WITH_INTENT),
                machine.disk,
                new SpoolListener() {
                    @Override
                    public void lost(List<WaitingTrigger> triggers) {
                        report.report(triggers, "not written to the disk");
                    }
                },
                world::instant,
                this);
        TriggerRelay relay = relay(kind, queue);
        buffers.put(kind, new SimulatedBuffer(this, new DiskBuffer(queue, relay::wakeUp), kind));
        parts.add(List.of(relay));
        resources.add(queue);
    }

    private void inTable() {
        var table = new SimulatedTable(world, this);
        TriggerRelay relay = relay(Kind.OUTBOX, table);
        tables.put(Kind.OUTBOX, new OutboxStrategy(table, relay::wakeUp));
        parts.add(List.of(relay));
    }

    private TriggerRelay relay(Kind kind, TriggerStore store) {
        var watch = new RelayWatch(world);
        stores.put(kind, new SimulatedStore(this, store));
        TriggerRelay relay = factory.create(
                stores.get(kind),
                world.broker.connect(this, watch),
                setup.chains().keySet(),
                world.scenario.settings(kind),
                watch);
        relays.put(kind, relay);
        watches.put(kind, watch);
        return relay;
    }

    private VirtualExecutor newThread() {
        VirtualExecutor thread = world.time.newThread();
        threads.add(thread);
        return thread;
    }

    void start() {
        parts.forEach(some -> some.forEach(SmartLifecycle::start));
    }

    /** Stops all strategies at the same time, as the application does. */
    void stop() {
        parts.forEach(some -> stops.add(world.time.start(() -> stop(some))));
        world.time.await(() -> stops.stream().allMatch(Coroutine::hasEnded), LONGEST_STOP_NANOS);
        checkAlive();
        for (AutoCloseable one : resources) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void stop(List<SmartLifecycle> some) {
        UndeliveredLines.collect();
        try {
            List<SmartLifecycle> reversed = new ArrayList<>(some);
            Collections.reverse(reversed);
            reversed.forEach(SmartLifecycle::stop);
            checkAlive();
        } finally {
            UndeliveredLines.ignore();
        }
    }

    /** Kills the process during its stop, if it has begun one. */
    void endStop() {
        if (stopping != null) {
            stops.forEach(Coroutine::kill);
            stopping.kill();
        }
    }

    /** Ends the process: its calls have no further effect. */
    void end() {
        dead = true;
        world.time.end(threads);
    }

    boolean isStopping() {
        return stopping != null;
    }

    Kind strategy(String destination) {
        return setup.chains().get(destination).get(0);
    }

    /** The relay of the strategy of a destination. */
    TriggerRelay relay(String destination) {
        return relays.get(strategy(destination));
    }

    RelayWatch watch(String destination) {
        return watches.get(strategy(destination));
    }

    void checkParking(Key key) {
        if (!world.broker.everTooLarge.contains(key)) {
            world.time.violated("parked, although the broker may accept it:", key);
        }
    }

    void checkAlive() {
        world.time.tick();
        if (dead) {
            throw new ProcessDied();
        }
    }

    @Override
    public void step() {
        checkAlive();
        if (world.interleave()) {
            checkAlive();
        }
    }

    @Override
    public long nanoTime() {
        return world.time.now();
    }

    @Override
    public void write(Runnable action) {
        long slowest = machine.disk.health == SimulatedDisk.Health.SLOW ? SLOW_DISK_NANOS : SLOWEST_WRITE_NANOS;
        writer.schedule(action, world.random.nextLong(slowest), TimeUnit.NANOSECONDS);
    }

    @Override
    public void writePeriodically(Runnable action) {
        writer.scheduleWithFixedDelay(action, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void await(BooleanSupplier condition, Duration atMost) {
        world.time.await(condition, atMost.toNanos());
        checkAlive();
    }

    @Override
    public String toString() {
        return "process " + machine.number;
    }
}
