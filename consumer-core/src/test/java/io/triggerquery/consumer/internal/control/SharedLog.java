package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A control topic in memory with the broker's clock, and instances that read it when a test lets them. */
final class SharedLog {

    static final ControlSettings SETTINGS = new ControlSettings(
            Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(10));

    long nanos = 1_000;
    Instant brokerTime = Instant.parse("2026-11-30T03:00:00Z");

    private final List<ControlLog.Record> records = new ArrayList<>();
    private final Map<String, InstanceOfTest> instances = new HashMap<>();
    private final TreeMap<Long, Runnable> later = new TreeMap<>();
    private int generation;

    /** An instance with the listener {@code bills}, whose clock may be wrong. */
    final class InstanceOfTest implements ControlLog {

        final String name;
        final FakeMember bills = new FakeMember("bills");
        final Audit audit;
        final Fleet fleet;
        boolean cutOff;
        boolean readsNothing;
        String unavailable;

        private int position;
        private int generationRead;

        private InstanceOfTest(String name, Duration wrongBy) {
            this.name = name;
            InstantSource clock = () -> brokerTime.plus(wrongBy);
            this.audit = new Audit(clock);
            this.fleet = new Fleet(
                    name,
                    this,
                    SETTINGS,
                    new Clocks(clock, () -> nanos, (delay, action) -> later.put(nanos + delay.toNanos(), action)),
                    audit);
            fleet.join(bills);
        }

        @Override
        public String topic() {
            return "g-triggerquery-control";
        }

        @Override
        public String unavailable() {
            return unavailable;
        }

        @Override
        public CompletableFuture<Long> send(byte[] key, byte[] value) {
            if (cutOff) {
                return CompletableFuture.failedFuture(new IllegalStateException("the broker does not answer"));
            }
            long offset = append(key, value);
            instances.values().forEach(InstanceOfTest::read);
            return CompletableFuture.completedFuture(offset);
        }

        /** Reads the new records, as the thread of the reader does; not reentrant. */
        void read() {
            if (generationRead != generation) {
                generationRead = generation;
                position = 0;
            }
            while (!cutOff && !readsNothing && position < records.size()) {
                fleet.read(records.get(position++));
            }
        }
    }

    long append(byte[] key, byte[] value) {
        records.add(new ControlLog.Record(records.size(), brokerTime.toEpochMilli(), key, value));
        return records.size() - 1L;
    }

    void append(ControlKey key, ControlValue value) {
        append(ControlFormat.key(key), value == null ? null : ControlFormat.value(value));
    }

    /** Starts an instance, which reads the topic to its end and sends its status. */
    InstanceOfTest start(String name, Duration wrongBy) {
        var instance = new InstanceOfTest(name, wrongBy);
        instance.read();
        instances.put(name, instance);
        instance.fleet.readToEnd();
        instance.fleet.tick();
        return instance;
    }

    InstanceOfTest start(String name) {
        return start(name, Duration.ZERO);
    }

    /** Ends an instance like {@code kill -9}. */
    void kill(InstanceOfTest instance) {
        instances.remove(instance.name);
    }

    void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            nanos += Duration.ofSeconds(1).toNanos();
            brokerTime = brokerTime.plusSeconds(1);
            while (!later.isEmpty() && later.firstKey() <= nanos) {
                later.pollFirstEntry().getValue().run();
            }
            List.copyOf(instances.values()).forEach(instance -> {
                instance.read();
                instance.fleet.tick();
            });
        }
    }

    /** Advances the time by much, of which the instances see only the last seconds. */
    void leap(Duration time) {
        nanos += time.toNanos();
        brokerTime = brokerTime.plus(time);
        pass(Duration.ofSeconds(6));
    }

    /** Deletes the topic and creates it again. */
    void deleteAll() {
        records.clear();
        generation++;
    }

    /** The newest record of each key that has not been deleted. */
    Map<String, ControlValue> compacted() throws ControlFormat.UnreadableRecordException {
        Map<String, ControlValue> newest = new HashMap<>();
        for (ControlLog.Record message : records) {
            ControlFormat.Entry entry = ControlFormat.decode(message);
            if (entry.value() == null) {
                newest.remove(entry.key().text());
            } else {
                newest.put(entry.key().text(), entry.value());
            }
        }
        return newest;
    }
}
