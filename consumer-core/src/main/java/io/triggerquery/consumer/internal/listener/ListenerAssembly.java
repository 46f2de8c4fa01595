package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.engine.EngineRuntime;
import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.engine.Pipeline;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.engine.Timer;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.kafka.ListenerContainers;
import io.triggerquery.consumer.internal.kafka.RegisteredListener;
import io.triggerquery.consumer.internal.metrics.CompositeReadingListener;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import io.triggerquery.consumer.internal.resync.Resync;
import io.triggerquery.consumer.internal.resync.ResyncStart;
import io.triggerquery.consumer.internal.resync.Resyncs;
import io.triggerquery.consumer.spi.BackOff;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/** Assembles a listener: query, projection, engine, threads, container. */
public final class ListenerAssembly {

    private final ConsumerSettings settings;
    private final Surroundings surroundings;
    private final Sources sources;
    private final ListenerQueries queries;
    private final ListenerContainers containers;
    private final Timer timer;
    private final Resyncs resyncs;
    private final MonitorAssembly monitors;

    /**
     * Creates an assembly.
     *
     * @param timer runs the back-offs of all listeners
     * @param comparisons receive every listener
     */
    public ListenerAssembly(
            ConsumerSettings settings,
            Surroundings surroundings,
            Sources sources,
            ListenerContainers containers,
            Timer timer,
            Comparisons comparisons) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.sources = sources;
        this.queries = new ListenerQueries(surroundings.beans(), sources, settings.sources());
        this.containers = containers;
        this.timer = timer;
        this.resyncs = comparisons.resyncs();
        this.monitors = new MonitorAssembly(comparisons.monitors(), resyncs, settings.listeners());
    }

    /**
     * The parts that the application provides.
     *
     * @param beans the beans of the application
     * @param virtualThreads whether workers are virtual threads
     * @param observers creates the observers of a listener
     * @param failures classifies failures
     * @param backOff replaces the back-off of all listeners, or null
     */
    public record Surroundings(
            ConfigurableBeanFactory beans,
            boolean virtualThreads,
            ObserverFactory observers,
            Failures failures,
            @Nullable BackOff backOff) {}

    /**
     * What compares projections with their sources.
     *
     * @param resyncs the resyncs of all listeners
     * @param monitors the consistency monitors of all listeners
     */
    public record Comparisons(Resyncs resyncs, Monitors monitors) {}

    ListenerDefinition define(AnnotatedListener method) {
        return ListenerDefinition.of(
                method, surroundings.beans(), settings.listeners(), new ListenerSources(surroundings.beans()));
    }

    /**
     * Checks that all settings of single listeners have an effect.
     *
     * @throws FailureAnalyzedException if one has none
     */
    void checkSettings(List<ListenerDefinition> definitions) {
        List<String> ids = definitions.stream().map(ListenerDefinition::id).toList();
        settings.listeners().check(ids);
        ReplacedBackOff.check(surroundings.backOff(), settings.listeners(), ids);
    }

    /**
     * Checks that each source with settings is used by a listener.
     *
     * @throws FailureAnalyzedException if a source is not used
     */
    void checkSources(List<ListenerDefinition> definitions) {
        Set<String> used = definitions.stream()
                .map(definition -> definition.source().sourceName())
                .collect(Collectors.toCollection(TreeSet::new));
        sources.checkNames(used);
        settings.sources().keySet().stream()
                // the variable TRIGGERQUERY_SOURCES_MY_BILLING_URL sets my-billing, but appears to set "my" as well
                .filter(name -> !used.contains(name) && used.stream().noneMatch(one -> one.startsWith(name + "-")))
                .findFirst()
                .ifPresent(name -> {
                    throw new FailureAnalyzedException(
                            "There are settings in triggerquery.sources." + name
                                    + ", but no trigger listener uses a source of that name.",
                            used.isEmpty()
                                    ? "There is no trigger listener at all. Check that the class with the method is a"
                                            + " bean, or that the record has @TriggerQueryListener; or remove the settings."
                                    : "Name one of the sources in use: " + String.join(", ", used)
                                            + "; or remove the settings.");
                });
    }

    TriggerListener assemble(ListenerDefinition definition) {
        ListenerQuery ofSource = queries.of(definition);
        ObserverFactory observers = surroundings.observers();
        var factory = factory(definition);
        var observed = new ObservedListener(
                definition.id(),
                definition.source().sourceName(),
                ListenerContainers.group(definition.id(), definition.subscription(), factory));
        Failures failures = surroundings.failures();
        Query<Object> query = failures.summarizing(observers.wrap(observed, ofSource.query()));
        Projection<Object> projection = failures.summarizing(observers.wrap(observed, definition.projection()));
        EngineSettings engine = definition.settings().engine();
        BackOff backOff =
                ReplacedBackOff.of(surroundings.backOff(), definition.settings().backOff());
        WorkerThreads workers = workers(definition.id(), engine.limits().concurrency());
        ListenerContainers.EngineMaker engineMaker = (intake, failureSinks) -> new TriggerEngine(
                engine,
                new Pipeline<>(query, projection, failures::kindOf, backOff, failureSinks),
                new EngineRuntime(workers.executor(), timer, System::nanoTime, intake, observers.observe(observed)));
        var reading = new CompositeReadingListener(
                List.of(observers.observeReading(observed), resyncAfterLoss(definition.id())));
        RegisteredListener registered = containers.register(
                new ListenerContainers.Registration(
                        definition.id(),
                        definition.subscription(),
                        definition.settings().container(),
                        new RecordDecoder(definition.format().decoder(surroundings.beans()), definition.idRule())),
                factory,
                engineMaker,
                reading);
        observers.created(observed, registered.engine());
        Resync resync = resyncs.add(
                definition.id(),
                definition.topics().get(0),
                registered.engine(),
                definition.settings().resync(backOff),
                definition.idRule(),
                definition.projectedVersions());
        Supplier<ListenerReport.Source> source =
                () -> new ListenerReport.Source(observed.source(), sources.circuitState(observed.source()));
        observers.registered(
                observed, new ListenerWork(registered, engine.limits().concurrency(), source));
        var stories = new IdStories(
                definition.id(),
                new IdStories.Engine(registered.engine(), source),
                failures.summarizing(ofSource.query()),
                resyncs.projectedVersions(definition.id()).orElse(null),
                InstantSource.system(),
                IdStories.SOURCE_LIMIT);
        var letters =
                new ListenerLetters(definition.id(), registered.deadLetters().operations(), backOff);
        var monitor = monitors.assemble(
                observed,
                failures.summarizing(ofSource.query()),
                new ListenerChecks(definition, registered, resync, source),
                observers);
        return new TriggerListener(
                definition, ofSource.address(), registered, workers, source, resync, stories, letters, monitor);
    }

    private ReadingListener resyncAfterLoss(String id) {
        return new ResyncAfterLoss(
                id, () -> resyncs.of(id).map(Resync::resyncAfterLoss).orElse(ResyncStart.NO_SOURCE));
    }

    /** Completes the assembly; called when all listeners have been assembled. */
    void complete() {
        queries.complete();
        resyncs.checkNames();
    }

    private WorkerThreads workers(String id, int concurrency) {
        String name = WorkerThreads.name(id);
        return surroundings.virtualThreads() ? WorkerThreads.virtual(name) : WorkerThreads.platform(name, concurrency);
    }

    private ConcurrentKafkaListenerContainerFactory<?, ?> factory(ListenerDefinition definition) {
        return surroundings
                .beans()
                .getBean(definition.names().containerFactory(), ConcurrentKafkaListenerContainerFactory.class);
    }
}
