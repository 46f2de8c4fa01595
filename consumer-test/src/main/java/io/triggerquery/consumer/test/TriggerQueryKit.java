package io.triggerquery.consumer.test;

import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.engine.Pipeline;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.listener.ListenerDefinition;
import io.triggerquery.consumer.internal.listener.ReplacedBackOff;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * A {@code @TriggerQueryListener} method under test: the real engine calls the real method, on the test's own thread
 * and in virtual time, with a source that answers as the test scripts it. No broker, no HTTP, no waiting.
 *
 * <pre>{@code
 * var kit = TriggerQueryKit.of(new BillingProjection(jdbc));
 * kit.source().answers("p1", billed);
 * kit.source().next(3).fails("p1", 503);
 * kit.trigger("p1");
 * kit.awaitSettled();
 * assertThat(kit).hasSettled("p1").hasQueried("p1", 4);
 * }</pre>
 *
 * <p>A trigger waits, as in a broker, until the test runs the listener with {@link #run}, {@link #advance} or {@link
 * #awaitSettled}. The circuit breaker and the short retry within a call are off, since they depend on real time.
 * Back-offs by the settings are not randomized.
 *
 * <p>Threads: the test's thread only. So a method with {@code @Transactional} takes part in a transaction of the test.
 */
public final class TriggerQueryKit implements AssertProvider<TriggerQueryKitAssert> {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    private final ListenerDefinition definition;
    private final Failures failures;
    private final ScriptedSource source;
    private final Query<Object> query;
    private final KitRecords records;
    private final DirectCalls direct;
    private final BackOff backOff;
    private VirtualTime time = new VirtualTime();
    private VirtualBroker broker;
    private VirtualListener listener;

    /**
     * Creates a kit.
     *
     * @param beans the beans, of which the listener may name a decoder
     * @param backOff replaces the back-off of the settings, or null
     */
    TriggerQueryKit(
            ListenerDefinition definition,
            Map<String, SourceSettings> sources,
            Failures failures,
            BeanFactory beans,
            @Nullable BackOff backOff) {
        SourceDefinition queried = definition.source();
        SourceSettings known = sources.get(queried.sourceName());
        SourceSettings.Protection protection = known == null ? SourceSettings.Protection.DEFAULT : known.protection();
        this.definition = definition;
        this.failures = failures;
        this.backOff = ReplacedBackOff.of(backOff, definition.settings().backOff()::pause); // without randomization
        this.source = new ScriptedSource(queried);
        this.query = new ScriptedQuery(queried, source.client(), protection, failures);
        this.direct = new DirectCalls(
                query, definition.projection(), definition.topics().get(0));
        this.broker = new VirtualBroker(definition.topics(), time);
        this.records = new KitRecords(
                definition.topics().get(0),
                new RecordDecoder(definition.format().decoder(beans), definition.idRule()));
        this.listener = new VirtualListener(definition.settings(), time, broker, records, this::pipeline);
    }

    /**
     * Creates a kit for an object with one {@code @TriggerQueryListener} method, or for the {@code TableProjection} of
     * a record with this annotation.
     *
     * @param settings settings such as {@code triggerquery.defaults.defer-after=5m}, also for placeholders; all others
     *     have their defaults
     */
    public static TriggerQueryKit of(Object listener, String... settings) {
        return builder(listener).settings(settings).build();
    }

    /** Creates a kit with the failure rules that the application has as beans, in their order. */
    public static TriggerQueryKit of(Object listener, List<FailureRule> rules, String... settings) {
        TriggerQueryKitBuilder builder = builder(listener).settings(settings);
        rules.forEach(builder::rule);
        return builder.build();
    }

    /** Begins a kit for an object with one {@code @TriggerQueryListener} method, with beans of the application. */
    public static TriggerQueryKitBuilder builder(Object listener) {
        return new TriggerQueryKitBuilder(listener);
    }

    private Pipeline<Object> pipeline(VirtualBroker failureSinks) {
        return new Pipeline<>(query, definition.projection(), failures::kindOf, backOff, failureSinks);
    }

    /** Returns the topics of the listener. */
    public List<String> topics() {
        return definition.topics();
    }

    /** Returns whether the listener's source reports that it does not have an id. */
    public boolean reportsAbsence() {
        return definition.source().reportsAbsence();
    }

    /** Returns whether the listener's method takes a list of states. */
    public boolean takesLists() {
        return definition.projection().takesMany();
    }

    /** Returns whether the states of the listener's source have versions. */
    public boolean hasVersions() {
        return !definition.source().source().version().isEmpty();
    }

    /** Returns the source, to script it. */
    public ScriptedSource source() {
        return source;
    }

    /**
     * Sends a trigger to the first topic. Triggers of one id that the listener has not processed yet are merged, as in
     * production. It is not decoded; {@link #send} sends a record that is.
     *
     * @throws IllegalArgumentException if the id is not valid; the message gives the reason
     */
    public void trigger(String id) {
        send(topics().get(0), id, OptionalLong.empty());
    }

    /**
     * Sends a trigger to one of several topics.
     *
     * @throws IllegalArgumentException if the listener does not read the topic, or the id is not valid
     */
    public void triggerIn(String topic, String id) {
        if (!topics().contains(topic)) {
            throw new IllegalArgumentException(
                    "The listener does not read the topic " + topic + ", but " + topics() + ".");
        }
        send(topic, id, OptionalLong.empty());
    }

    /**
     * Sends a trigger with the version that the state has reached, to the first topic.
     *
     * @param version the version; not negative
     */
    public void triggerVersioned(String id, long version) {
        send(topics().get(0), id, OptionalLong.of(version));
    }

    /**
     * Sends a record to the first topic, which the listener's decoder decodes when the listener reads it. Its timestamp
     * is the virtual time.
     *
     * @param message key, value and headers; topic, partition and timestamp are replaced
     */
    public void send(ProducerRecord<byte[], byte[]> message) {
        ConsumerRecord<byte[], byte[]> received = records.received(message, time.getAsLong());
        broker.send(received, records.ids(received));
    }

    private void send(String topic, String id, OptionalLong version) {
        definition.idRule().check(id);
        Instant now = Instant.EPOCH.plusNanos(time.getAsLong());
        broker.send(new Trigger(topic, id, version, now));
    }

    /** Runs everything that can run now, without advancing the time. */
    public void run() {
        listener.run();
    }

    /** Advances the time, and runs everything that becomes due. */
    public void advance(Duration by) {
        long until = time.getAsLong() + by.toNanos();
        listener.run();
        while (listener.runNext(until)) {
            // runs the next due action
        }
    }

    /**
     * Advances the time until every trigger is settled, including those in the retry topic.
     *
     * @throws AssertionError if that takes more than an hour of virtual time; names the unsettled ids and their
     *     failures
     */
    public void awaitSettled() {
        awaitSettled(DEFAULT_TIMEOUT);
    }

    /** Waits as {@link #awaitSettled()} does, but at most for this virtual time. */
    public void awaitSettled(Duration atMost) {
        long until = time.getAsLong() + atMost.toNanos();
        listener.run();
        while (!broker.allSettled()) {
            if (!listener.runNext(until)) {
                throw listener.unsettled(atMost);
            }
        }
    }

    /** Simulates a crash and a restart of the process: uncommitted triggers are delivered again, to a new engine. */
    public void restart() {
        listener.restart();
    }

    /** Resets triggers, script and counts; not what was projected. */
    public void reset() {
        source.clear();
        time = new VirtualTime();
        broker = new VirtualBroker(definition.topics(), time);
        listener = new VirtualListener(definition.settings(), time, broker, records, this::pipeline);
    }

    /**
     * Queries an id now, without the engine. Together with {@link #project} this simulates an instance that has queried
     * and writes late, as can happen after a rebalance.
     *
     * @throws Exception if the source fails
     */
    public Snapshot<?> ask(String id) throws Exception {
        return direct.query(id);
    }

    /**
     * Calls the method without the engine: once with all snapshots if it takes a list, otherwise once with each. If it
     * takes triggers, they are from the first topic, and without a version.
     *
     * @throws Exception if the method throws it
     */
    public void project(Snapshot<?>... snapshots) throws Exception {
        direct.project(List.of(snapshots), Instant.EPOCH.plusNanos(time.getAsLong()));
    }

    /** Returns the number of queries of an id. */
    public int queries(String id) {
        return source.queries(id);
    }

    /** Returns the triggers that were deferred, once for each time. They are delivered again from the retry topic. */
    public List<Trigger> deferred() {
        return broker.deferred();
    }

    /** Returns the triggers that were sent to the dead-letter topic. */
    public List<DeadLetter> deadLetters() {
        return broker.deadLetters();
    }

    /** Returns the records that were sent to the dead-letter topic because they are no triggers, or not entirely. */
    public List<DeadRecord> deadRecords() {
        return broker.deadRecords();
    }

    /** Returns whether an id was triggered and all its triggers are settled, including those in the retry topic. */
    public boolean isSettled(String id) {
        return broker.isSettled(id);
    }

    @Override
    public TriggerQueryKitAssert assertThat() {
        return new TriggerQueryKitAssert(this);
    }
}
