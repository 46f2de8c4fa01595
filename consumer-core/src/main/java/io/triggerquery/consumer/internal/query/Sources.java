package io.triggerquery.consumer.internal.query;

import feign.Capability;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.spi.SourceQuery;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the queries for sources.
 *
 * <p>Threads: used while the application starts and stops; its queries may be used by any thread. It has a timer
 * thread, for pauses and for answers that take too long, threads that repeat calls of the application's own clients,
 * and for each source the threads of its HTTP client.
 */
public final class Sources implements AutoCloseable {

    /** How long a call waits while other listeners use all of a source's calls. */
    private static final Duration MAX_WAIT_FOR_CALL = Duration.ofSeconds(1);

    /** How long a call by the application's own client may take. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    /** How much is kept of an unsuccessful answer, which Feign's exception shows the beginning of. */
    private static final int ERROR_BYTES = 4 * 1024;

    private static final long IDLE_SECONDS = 30;

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
    private final ThreadPoolExecutor callers = callers();

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
        MethodCalls calls = FeignApi.of(methods, url, http(methods.sourceName(), url, settings, ERROR_BYTES), feign);
        return query(
                MethodApi.of(calls, methods),
                methods,
                ShortRetry.of(timer, Runnable::run, feign.context()),
                settings.protection(),
                settings.limits().longestCall());
    }

    /**
     * Creates a query with a Feign client that the application has configured itself. No thread waits for its answers.
     *
     * @param settings the settings of the source, with which its HTTP client is created
     * @param encodesIds whether ids may contain characters that have to be encoded
     */
    public Query<Object> query(
            SourceMethods methods, ConfiguredFeign client, SourceSettings settings, boolean encodesIds) {
        names.register(methods);
        SourceSettings effective = settings.with(client.address(), client.options(), LONGEST_CALL);
        // an error decoder of the application may read all of an error
        int maxErrorBytes = effective.limits().maxAnswerBytes();
        HttpCalls http = http(methods.sourceName(), client.address(), effective, maxErrorBytes);
        var calls = new LimitedCalls(FeignApi.of(methods, client, http, encodesIds), deadline(methods));
        return applicationQuery(MethodApi.of(calls, methods), methods, settings.protection());
    }

    private HttpCalls http(String name, URI url, SourceSettings settings, int maxErrorBytes) {
        SourceSettings.Limits limits = settings.limits();
        AnswerBudget budget = budgets.computeIfAbsent(
                name, none -> new AnswerBudget(limits.maxBufferedBytes(), limits.maxAnswerBytes()));
        return new HttpCalls(
                httpClients.of(name, settings),
                HttpHost.create(url),
                new RequestAccess(name, settings.access()),
                new HttpCalls.Limits(limits, maxErrorBytes, budget, timer, failures.memory()));
    }

    /**
     * Creates a query with a client that the application created itself. The querying thread waits until the client's
     * method returns.
     */
    public Query<Object> query(SourceMethods methods, Object client, SourceSettings.Protection protection) {
        names.register(methods);
        var calls = new BeanApi(client, deadline(methods));
        return applicationQuery(MethodApi.of(calls, methods), methods, protection);
    }

    /** Creates a query with a query of the application. The querying thread waits until its method returns. */
    public Query<Object> query(QueryBean bean, SourceQuery<?> query, SourceSettings.Protection protection) {
        names.register(bean);
        return applicationQuery(new QueryApi(query, deadline(bean)), bean, protection);
    }

    private CallDeadline deadline(SourceDefinition source) {
        return new CallDeadline(source.sourceName(), LONGEST_CALL, timer);
    }

    private Query<Object> applicationQuery(
            SourceApi api, SourceDefinition source, SourceSettings.Protection protection) {
        return query(api, source, ShortRetry.of(timer, callers, feign.context()), protection, LONGEST_CALL);
    }

    private Query<Object> query(
            SourceApi api,
            SourceDefinition source,
            ShortRetry retry,
            SourceSettings.Protection protection,
            Duration longestCall) {
        String name = source.sourceName();
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
                new SourceClient(api, source, failures),
                api.takesMany() ? protection.maxIds() : 1,
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
        callers.shutdownNow();
    }

    private static ScheduledThreadPoolExecutor timer() {
        var threads = new CustomizableThreadFactory("triggerquery-source-timer-");
        threads.setDaemon(true);
        var timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true); // nearly every deadline is cancelled
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true); // the test kit has one for each listener
        return timer;
    }

    /**
     * Creates the threads that repeat calls of the application's own clients, which may wait. There are never more than
     * calls under way.
     */
    private static ThreadPoolExecutor callers() {
        var threads = new CustomizableThreadFactory("triggerquery-source-caller-");
        threads.setDaemon(true);
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }
}
