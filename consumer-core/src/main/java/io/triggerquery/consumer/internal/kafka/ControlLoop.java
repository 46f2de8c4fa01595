package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.log.MinuteLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that reads control topics: one consumer for all of them, with manual assignment, from the beginning. It
 * commits nothing. Between two polls it lets each fleet send what is due.
 *
 * <p>Threads: one runs it; any adds and removes topics. Failure: logged once a minute and tried again after a second,
 * with a new consumer if that may help; a topic without a right, or that cannot be created, after
 * {@value #RETRY_SECONDS} s.
 */
final class ControlLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    /** Of a deleted topic, Kafka's client fetches and logs without a pause for as long as a poll lasts. */
    private static final Duration POLL = Duration.ZERO;

    private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(1);
    private static final int RETRY_SECONDS = 15;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final ManagedTopics ownTopics;
    private final MinuteLimiter failures = new MinuteLimiter(System::nanoTime);
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Consumer<byte[], byte[]> consumer;

    /** A topic and how far it has been read. */
    private static final class Reading {

        private final ControlTopic topic;
        private final TopicPartition partition;
        private final CountDownLatch left = new CountDownLatch(1);
        private volatile boolean leaving;
        private boolean assigned;
        private long retryAt = System.nanoTime();
        private long lastOffset = -1;
        private long end = -1;
        private boolean read;

        private Reading(ControlTopic topic) {
            this.topic = topic;
            this.partition = new TopicPartition(topic.topic(), 0);
        }

        private void retryLater() {
            retryAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(RETRY_SECONDS);
        }

        private void readAgain() {
            end = -1;
            read = false;
        }
    }

    ControlLoop(Supplier<Consumer<byte[], byte[]>> consumers, ManagedTopics ownTopics) {
        this.consumers = consumers;
        this.ownTopics = ownTopics;
    }

    boolean add(ControlTopic topic) {
        return readings.putIfAbsent(topic.topic(), new Reading(topic)) == null;
    }

    boolean remove(ControlTopic topic, Duration limit) {
        Reading reading = readings.get(topic.topic());
        if (reading == null) {
            return false;
        }
        reading.leaving = true;
        ControlReader.await(reading.left, limit);
        readings.remove(topic.topic());
        return true;
    }

    boolean isEmpty() {
        return readings.isEmpty();
    }

    /** Ends the loop, and waits for it for a limited time. */
    void end(Duration limit) {
        ending.countDown();
        ControlReader.await(ended, limit);
    }

    @Override
    public void run() {
        while (ending.getCount() > 0) {
            try {
                if (!cycle()) {
                    ControlReader.await(ending, BETWEEN_POLLS);
                }
            } catch (InterruptedException | InterruptException interrupted) {
                break;
            } catch (Throwable failure) {
                failed(failure);
                ControlReader.await(ending, PAUSE);
            }
        }
        closeConsumer();
        ended.countDown();
    }

    /** Reads what is there. Returns whether there was something. */
    private boolean cycle() throws InterruptedException {
        for (Reading reading : readings.values()) {
            if (reading.leaving && reading.left.getCount() > 0) {
                leave(reading);
            }
        }
        assign();
        boolean isAssigned = readings.values().stream().anyMatch(reading -> reading.assigned);
        boolean found = isAssigned && poll(Objects.requireNonNull(consumer));
        for (Reading reading : readings.values()) {
            if (!reading.leaving) {
                reading.topic.tick();
            }
        }
        return found;
    }

    private boolean poll(Consumer<byte[], byte[]> polling) {
        ConsumerRecords<byte[], byte[]> found = polling.poll(POLL);
        found.forEach(this::read);
        for (Reading reading : readings.values()) {
            if (reading.assigned && !reading.read) {
                checkEnd(reading, polling);
            }
        }
        return !found.isEmpty();
    }

    private void read(ConsumerRecord<byte[], byte[]> message) {
        Reading reading = readings.get(message.topic());
        if (reading == null) {
            return;
        }
        if (message.offset() <= reading.lastOffset) {
            reading.readAgain();
        }
        reading.lastOffset = message.offset();
        try {
            reading.topic.read(message);
        } catch (RuntimeException failure) {
            failed(failure); // the next record is read
        }
    }

    private static void checkEnd(Reading reading, Consumer<?, ?> polling) {
        if (reading.end < 0) {
            reading.end = polling.endOffsets(List.of(reading.partition)).getOrDefault(reading.partition, 0L);
        }
        if (polling.position(reading.partition) >= reading.end) {
            reading.read = true;
            reading.topic.fleet().readToEnd();
        }
    }

    /** Creates missing topics, and assigns to the consumer those that exist. */
    private void assign() throws InterruptedException {
        boolean changed = false;
        for (Reading reading : readings.values()) {
            if (System.nanoTime() - reading.retryAt < 0 || reading.leaving) {
                continue;
            }
            boolean exists = ownTopics.ensure(reading.topic.managed());
            if (!exists && !reading.assigned) {
                reading.topic.missing();
            }
            if (!exists) {
                reading.retryLater();
            } else if (!reading.assigned) {
                reading.assigned = true;
                reading.topic.retry();
                changed = true;
            }
        }
        if (changed) {
            assignThose();
        }
    }

    private void assignThose() {
        Consumer<byte[], byte[]> current = consumer;
        if (current == null) {
            current = consumers.get();
            consumer = current;
        }
        current.assign(readings.values().stream()
                .filter(reading -> reading.assigned)
                .map(reading -> reading.partition)
                .toList());
    }

    private void leave(Reading reading) throws InterruptedException {
        reading.assigned = false;
        try {
            if (reading.topic.unavailable() == null) {
                reading.topic.fleet().leave().get(LEAVE_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException failure) {
            log.debug("The others see in a few seconds that this instance has left", failure);
        } finally {
            reading.left.countDown();
        }
        if (consumer != null) {
            assignThose();
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof TopicAuthorizationException denied) {
            denied.unauthorizedTopics().stream()
                    .map(readings::get)
                    .filter(Objects::nonNull)
                    .forEach(reading -> {
                        reading.topic.denied("READ", denied);
                        reading.assigned = false;
                        reading.retryLater();
                    });
            assignThose();
            return;
        }
        if (failures.isDue()) {
            log.warn("The control topics {} cannot be read: {}", readings.keySet(), OneLine.of(failure));
        }
        if (!(failure instanceof RetriableException)) {
            closeConsumer();
            readings.values().forEach(reading -> {
                reading.assigned = false;
                reading.readAgain();
            });
        }
    }

    private void closeConsumer() {
        Consumer<?, ?> closing = consumer;
        consumer = null;
        if (closing != null) {
            try {
                closing.close(CloseOptions.timeout(LEAVE_LIMIT));
            } catch (RuntimeException failure) {
                log.debug("The consumer of the control topics could not be closed", failure);
            }
        }
    }
}
