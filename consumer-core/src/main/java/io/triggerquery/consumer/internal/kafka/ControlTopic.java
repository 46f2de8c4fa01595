package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.control.ControlLog;
import io.triggerquery.consumer.internal.control.Fleet;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * The control topic of a group at its cluster. It is used from {@link #start} to {@link #stop}.
 *
 * <p>Threads: any. Failure: a missing right is logged once; the topic is then not used, and tried again after 15 s.
 */
public final class ControlTopic implements ControlLog {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    /** How long a start waits for the pauses of the topic, before the listeners read without them. */
    private static final Duration START_LIMIT = Duration.ofSeconds(5);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final ManagedTopic.Control topic;
    private final Cluster cluster;
    private final Fleet fleet;
    private final AtomicReference<@Nullable String> unavailable = new AtomicReference<>("no listener has started");
    private final AtomicBoolean warned = new AtomicBoolean();
    private final AtomicBoolean warnedOfTime = new AtomicBoolean();
    private final boolean enabled;
    private volatile long deniedAt;
    private volatile boolean writeDenied;

    ControlTopic(String group, Cluster cluster, boolean enabled, Function<ControlLog, Fleet> fleet) {
        this.topic = ManagedTopic.Control.of(group);
        this.cluster = cluster;
        this.enabled = enabled;
        this.fleet = fleet.apply(this);
        if (!enabled) {
            unavailable.set("triggerquery.control.enabled is false");
        }
    }

    /** Returns the instances of the group. */
    public Fleet fleet() {
        return fleet;
    }

    /**
     * Begins to use the topic, if that is enabled. Waits a few seconds for the pauses in it, unless no broker answers;
     * if it has not been read by then, the listeners start without, and pause as soon as it has been.
     */
    public void start() {
        if (!enabled) {
            return;
        }
        if (cluster.controlReader().add(this)) {
            unavailable.set(null);
        }
        try {
            if (!cluster.isUnavailable() && !fleet.awaitRead(START_LIMIT) && unavailable() == null) {
                log.warn(
                        "The control topic {} has not been read within {} s. Listeners start now, and pause"
                                + " once their pauses have been read.",
                        topic.name(),
                        START_LIMIT.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the use of the topic; the other instances see that this one has gone. */
    public void stop() {
        if (enabled && cluster.controlReader().remove(this, STOP_LIMIT)) {
            unavailable.set("no listener is running");
        }
    }

    ManagedTopic.Control managed() {
        return topic;
    }

    @Override
    public String topic() {
        return topic.name();
    }

    @Override
    public @Nullable String unavailable() {
        return unavailable.get();
    }

    @Override
    public CompletableFuture<Long> send(byte[] key, byte @Nullable [] value) {
        try {
            return cluster.producer()
                    .template()
                    .send(new ProducerRecord<>(topic.name(), 0, key, value))
                    .thenApply(sent -> sent.getRecordMetadata().offset())
                    .whenComplete((sent, failure) -> {
                        if (failure != null) {
                            failed(failure);
                        }
                    });
        } catch (RuntimeException failure) {
            failed(failure);
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Handles a failure to write: the topic may have been deleted. */
    private void failed(Throwable failure) {
        cluster.ownTopics().forget(topic);
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        if (cause instanceof AuthorizationException) {
            deniedAt = System.nanoTime();
            writeDenied = true;
            denied("WRITE", cause);
        } else {
            log.debug("The control topic {} cannot be written", topic.name(), failure);
        }
    }

    /** Records that a right is missing. */
    void denied(String right, Throwable cause) {
        unavailable.set("this service has no right to " + right + " the control topic " + topic.name());
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "The control topic {} needs the right to {} ({}). {}.",
                    topic.name(),
                    right,
                    OneLine.of(cause),
                    topic.advice());
        }
    }

    /** Records that the topic does not exist and cannot be created, which has been logged. */
    void missing() {
        unavailable.set("the control topic " + topic.name() + " does not exist and cannot be created");
    }

    /** Uses the topic again. */
    void retry() {
        writeDenied = false;
        unavailable.set(null);
    }

    /** Lets the fleet send what is due. */
    void tick() {
        if (writeDenied && System.nanoTime() - deniedAt >= RETRY_NANOS) {
            retry();
        }
        fleet.tick();
    }

    void read(ConsumerRecord<byte[], byte[]> message) {
        boolean byBroker = message.timestampType() == TimestampType.LOG_APPEND_TIME;
        if (!byBroker && warnedOfTime.compareAndSet(false, true)) {
            log.warn(
                    "The control topic {} has no timestamps of the broker, so ages depend on the clocks of"
                            + " the instances. Set"
                            + " its message.timestamp.type to LogAppendTime.",
                    topic.name());
        }
        fleet.read(new Record(message.offset(), byBroker ? message.timestamp() : -1, message.key(), message.value()));
    }
}
