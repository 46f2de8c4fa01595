package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.engine.Pipeline;
import io.triggerquery.consumer.internal.listener.ListenerDefinition;
import io.triggerquery.consumer.internal.listener.ListenerSettings;
import io.triggerquery.consumer.internal.listener.TriggerListenerPostProcessor;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.AssertProvider;

/**
 * A {@code @TriggerQueryListener} method under test: the real engine calls the real method, on the test's own thread and
 * in virtual time, with a source that answers as the test says. No broker, no HTTP, no waiting.
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
 * <p>A trigger waits, as in a broker, until the test runs the listener by {@link #run}, {@link #advance} or {@link
 * #awaitSettled}. Two things of production are left out, since they depend on real time: the circuit breaker, and the
 * short retry within a call. Back-offs are not spread by chance.
 *
 * <p>Threads: one, the test's. So a method with {@code @Transactional} takes part in a transaction of the test.
 */
public final class TriggerQueryKit implements AssertProvider<TriggerQueryKitAssert> {

    private static final Duration LONG_ENOUGH = Duration.ofHours(1);

    private final ListenerDefinition definition;
    private final ListenerSettings settings;
    private final Failures failures;
    private final ScriptedSource source;
    private final Query<Object> query;
    private VirtualTime time = new VirtualTime();
    private VirtualBroker broker;
    private VirtualListener listener;

    private TriggerQueryKit(ListenerDefinition definition, ListenerSettings settings, Failures failures) {
        SourceMethods methods = definition.source();
        SourceSettings known = settings.sources().get(methods.sourceName());
        SourceSettings.Protection protection = known == null ? SourceSettings.Protection.DEFAULT : known.protection();
        this.definition = definition;
        this.settings = settings;
        this.failures = failures;
        this.source = new ScriptedSource(methods);
        this.query = new ScriptedQuery(methods, source.client(), protection, failures);
        this.broker = new VirtualBroker(definition.topic(), time);
        this.listener = new VirtualListener(settings, time, broker, this::pipeline);
    }

    /**
     * A kit for an object with one {@code @TriggerQueryListener} method.
     *
     * @param settings such as {@code triggerquery.defer-after=5m}, also for placeholders; the rest has its defaults
     */
    public static TriggerQueryKit of(Object listener, String... settings) {
        return of(listener, List.of(), settings);
    }

    /** As {@link #of(Object, String...)}, with the rules that the application has as beans, in their order. */
    public static TriggerQueryKit of(Object listener, List<FailureRule> rules, String... settings) {
        var plain = new PlainSettings(settings);
        var finder = new TriggerListenerPostProcessor();
        finder.postProcessAfterInitialization(listener, "listener");
        List<ListenerDefinition> found = finder.definitions(plain::resolve);
        if (found.size() != 1) {
            throw new IllegalArgumentException(listener.getClass().getName() + " has " + found.size()
                    + " methods with @TriggerQueryListener; the kit is for one. Take an object with one, or a Spring test"
                    + " with @AutoConfigureTriggerQueryKit, where each has a kit by its name.");
        }
        return of(found.get(0), plain.listener(), new Failures(rules));
    }

    /** A kit for a listener that has been found already. */
    public static TriggerQueryKit of(ListenerDefinition definition, ListenerSettings settings, Failures failures) {
        return new TriggerQueryKit(definition, settings, failures);
    }

    private Pipeline<Object> pipeline(VirtualBroker failureSinks) {
        return new Pipeline<>(
                query,
                definition.projection(),
                failures::kindOf,
                settings::pause, // without the chance that production adds
                failureSinks);
    }

    /** What the listener's annotation says. */
    public ListenerDefinition definition() {
        return definition;
    }

    /** The source, for its script. */
    public ScriptedSource source() {
        return source;
    }

    /**
     * Sends a trigger. Triggers of one id that the listener has not taken up yet are merged, as always.
     *
     * @throws IllegalArgumentException if no message could carry such an id; says why
     */
    public void trigger(String id) {
        send(id, OptionalLong.empty());
    }

    /**
     * Sends a trigger that says which version the state has reached.
     *
     * @param version not negative
     */
    public void triggerVersioned(String id, long version) {
        send(id, OptionalLong.of(version));
    }

    private void send(String id, OptionalLong version) {
        TriggerIdRule.check(id);
        Instant now = Instant.EPOCH.plusNanos(time.getAsLong());
        broker.send(new Trigger(definition.topic(), id, version, now));
    }

    /** Does what can be done now, without time passing. */
    public void run() {
        listener.run();
    }

    /** Lets time pass, doing whatever becomes due. */
    public void advance(Duration by) {
        long until = time.getAsLong() + by.toNanos();
        listener.run();
        while (listener.runNext(until)) {
            // goes on to the next thing that is due
        }
    }

    /**
     * Lets time pass until every trigger is settled, those in the retry topic too.
     *
     * @throws AssertionError if that takes more than an hour of virtual time; says which ids and why
     */
    public void awaitSettled() {
        awaitSettled(LONG_ENOUGH);
    }

    /**
     * Lets time pass until every trigger is settled, those in the retry topic too.
     *
     * @param atMost how long that may take, in virtual time
     * @throws AssertionError if it takes longer; says which ids and why
     */
    public void awaitSettled(Duration atMost) {
        long until = time.getAsLong() + atMost.toNanos();
        listener.run();
        while (!broker.allSettled()) {
            if (!listener.runNext(until)) {
                throw listener.unsettled(atMost);
            }
        }
    }

    /** As if the process died and came back: what is not committed is delivered again, to an engine without memory. */
    public void restart() {
        listener.restart();
    }

    /** Forgets all: triggers, the script, the counts. What the projection has written stays. */
    public void reset() {
        source.clear();
        time = new VirtualTime();
        broker = new VirtualBroker(definition.topic(), time);
        listener = new VirtualListener(settings, time, broker, this::pipeline);
    }

    /**
     * What the source says of an id now, past the engine. With {@link #project} this is an instance that has asked and
     * writes late: after a rebalance there may be one.
     *
     * @throws Exception if the source fails
     */
    public Snapshot<?> ask(String id) throws Exception {
        Map<String, Snapshot<Object>> snapshots = ((Answer.Given<Object>) answer(id)).snapshots();
        Snapshot<Object> snapshot = snapshots.get(id);
        if (snapshot == null) {
            throw new IllegalStateException("the source's answer has nothing for " + id);
        }
        return snapshot;
    }

    private Answer<Object> answer(String id) throws Exception {
        try {
            return query.ask(List.of(id), 1).toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    /**
     * Calls the method past the engine: once with all of them if it takes a list, else once with each.
     *
     * @throws Exception what the method throws
     */
    public void project(Snapshot<?>... snapshots) throws Exception {
        @SuppressWarnings("unchecked") // the method was checked to take what the source returns
        List<Snapshot<Object>> given = List.of((Snapshot<Object>[]) snapshots);
        Projection<Object> method = definition.projection();
        if (method.takesMany()) {
            method.apply(given);
            return;
        }
        for (Snapshot<Object> snapshot : given) {
            method.apply(List.of(snapshot));
        }
    }

    /** How often the source was asked for an id. */
    public int queries(String id) {
        return source.queries(id);
    }

    /** The triggers that went to the retry topic, once for each time. They come back by themselves. */
    public List<Trigger> deferred() {
        return broker.deferred();
    }

    /** The triggers that went to the dead-letter topic. */
    public List<DeadLetter> deadLetters() {
        return broker.deadLetters();
    }

    /** Whether an id has been triggered, and all its triggers are settled: in the retry topic too. */
    public boolean isSettled(String id) {
        return broker.isSettled(id);
    }

    @Override
    public TriggerQueryKitAssert assertThat() {
        return new TriggerQueryKitAssert(this);
    }
}
