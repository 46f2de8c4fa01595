package io.triggerquery.consumer.internal.query;

import feign.Capability;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.internal.engine.Query;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the queries for source interfaces.
 *
 * <p>Threads: used while the application starts and stops; its queries may be used by any thread. It has a timer
 * thread, for pauses and for answers that take too long, and for each source the threads of its HTTP client.
 */
public final class Sources implements AutoCloseable {

    /** How long a call waits while other listeners use all of a source's calls. */
    private static final Duration MAX_WAIT_FOR_CALL = Duration.ofSeconds(1);

    /** How long a probe by the application's own client may take before it counts as failed. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    private final CircuitBreakerRegistry circuits;
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final Feign feign;
    private final Failures failures;
    private final CircuitLog circuitLog = new CircuitLog();
    private final Map<CircuitBreaker, OutageDetector> outages = new HashMap<>();
    private final Map<String, RetryAfter> pauses = new HashMap<>();
    private final Map<String, AnswerBudget> budgets = new HashMap<>();
    private final SharedNames names = new SharedNames();
    private final HttpClients httpClients;
    private final ScheduledThreadPoolExecutor timer = timer();

    /**
     * The parts that Feign's clients are created with.
     *
     * @param json reads the states
     * @param capabilities the application's capabilities, which wrap parts of Feign's clients
     * @param interceptors the application's interceptors
     * @param context captures the context of the querying thread, such as its trace; the returned executor runs a task
     *     in that context on another thread
     */
    public record Feign(
            JsonMapper json, List<Capability> capabilities, Interceptors interceptors, Supplier<Executor> context) {

        /** Creates parts without interceptors. */
        public Feign(JsonMapper json, List<Capability> capabilities, Supplier<Executor> context) {
            this(json, capabilities, new Interceptors(List.of()), context);
        }

        /** Returns parts without contributions of the application. */
        public static Feign plain() {
            return new Feign(JsonMapper.shared(), List.of(), () -> Runnable::run);
        }
    }

    /**
     * Creates the factory.
     *
     * @param circuits holds one circuit breaker for each source name
     * @param feign the parts that clients are created with
     * @param http the parts that HTTP clients are created with
     * @param failures classifies failed calls
     */
    public Sources(CircuitBreakerRegistry circuits, Feign feign, HttpParts http, Failures failures) {
        this.circuits = circuits;
        this.feign = feign;
        this.failures = failures;
        this.httpClients = new HttpClients(http, timer, failures.memory());
    }

    /** Creates the factory without parts for HTTP clients. */
    public Sources(CircuitBreakerRegistry circuits, Feign feign, Failures failures) {
        this(circuits, feign, HttpParts.none(), failures);
    }

    /** Creates a query with a Feign client built from the settings. No thread waits for its answers. */
    public Query<Object> query(SourceMethods methods, URI url, SourceSettings settings) {
        names.register(methods);
        String name = methods.sourceName();
        SourceSettings.Limits limits = settings.limits();
        AnswerBudget budget = budgets.computeIfAbsent(
                name, none -> new AnswerBudget(limits.maxBufferedBytes(), limits.maxAnswerBytes()));
        var http = new HttpCalls(
                httpClients.of(name, settings),
                HttpHost.create(url),
                new RequestAccess(name, settings.access()),
                new HttpCalls.Limits(limits, budget, timer, failures.memory()));
        SourceApi api = FeignApi.of(methods, url, http, feign);
        return query(
                new SourceClient(api, methods, failures),
                methods,
                ShortRetry.onTimer(timer, feign.context()),
                settings.protection(),
                settings.limits().longestCall());
    }

    /** Creates a query with a client that the application created itself. The querying thread waits for the answers. */
    public Query<Object> query(SourceMethods methods, Object client, SourceSettings.Protection protection) {
        names.register(methods);
        SourceCall call = new SourceClient(new BlockingApi(client), methods, failures);
        return query(call, methods, ShortRetry.waiting(), protection, LONGEST_CALL);
    }

    private Query<Object> query(
            SourceCall call,
            SourceMethods methods,
            ShortRetry retry,
            SourceSettings.Protection protection,
            Duration longestCall) {
        String name = methods.sourceName();
        Duration longestPause = protection.circuitOpenFor();
        CircuitBreaker circuit = circuits.circuitBreaker(name, CircuitSettings.of(longestPause, longestCall));
        OutageDetector outage = outages.computeIfAbsent(circuit, OutageDetector::new);
        circuitLog.watch(circuit, longestPause, outage);
        RetryAfter pause = pauses.computeIfAbsent(name, none -> new RetryAfter(protection.maxRetryAfter()));
        var bulkhead = bulkheads.bulkhead(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(protection.maxCalls())
                        .maxWaitDuration(MAX_WAIT_FOR_CALL)
                        .build());
        return new ResilientQuery(
                call,
                methods.byIds() == null ? 1 : protection.maxIds(),
                new ResilientQuery.Resilience(bulkhead, circuit, outage, pause, retry, failures));
    }

    /**
     * Checks that everything that names a source names one that is used.
     *
     * @throws FailureAnalyzedException if there is no source of that name
     */
    public void checkNames(Set<String> used) {
        feign.interceptors().check(used);
    }

    /** Returns the state of a source's circuit breaker, by its name in Resilience4j. */
    public String circuitState(String sourceName) {
        return circuits.circuitBreaker(sourceName).getState().name();
    }

    @Override
    public void close() {
        httpClients.close();
        timer.shutdownNow();
    }

    private static ScheduledThreadPoolExecutor timer() {
        var threads = new CustomizableThreadFactory("triggerquery-source-timer-");
        threads.setDaemon(true);
        var timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true); // nearly every deadline is cancelled
        return timer;
    }
}
