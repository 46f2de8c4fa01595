package io.triggerquery.consumer.query;

import feign.Capability;
import feign.Feign;
import feign.Request;
import feign.Retryer;
import feign.hc5.ApacheHttp5Client;
import feign.jackson3.Jackson3Decoder;
import feign.jackson3.Jackson3Encoder;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.triggerquery.consumer.Query;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the query for a source interface.
 *
 * <p>Threads: used while the application starts and stops; the queries it makes are for any thread.
 */
public final class Sources implements AutoCloseable {

    private static final int CALLS_PER_ROUND = 2;
    private static final Duration PAUSE_BETWEEN_CALLS = Duration.ofMillis(50);

    /** How long a call waits while other listeners take all the calls that a source may get. */
    private static final Duration WAIT_FOR_A_CALL = Duration.ofSeconds(1);

    private final CircuitBreakerRegistry circuits;
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final JsonMapper json;
    private final List<Capability> capabilities;
    private final Failures failures;
    private final CircuitLog circuitLog = new CircuitLog();
    private final List<CloseableHttpClient> httpClients = new ArrayList<>();

    /**
     * Creates the maker.
     *
     * @param circuits keeps one circuit breaker for each source name
     * @param json reads the states
     * @param capabilities what the application puts around Feign's clients
     * @param failures says what a failed call means
     */
    public Sources(CircuitBreakerRegistry circuits, JsonMapper json, List<Capability> capabilities, Failures failures) {
        this.circuits = circuits;
        this.json = json;
        this.capabilities = List.copyOf(capabilities);
        this.failures = failures;
    }

    /** A query over a Feign client made from the settings. */
    public Query<Object> query(SourceMethods methods, URI url, SourceSettings settings) {
        return query(methods, client(methods.type(), url, settings), settings.protection());
    }

    /** A query over a client that the application has made itself. */
    public Query<Object> query(SourceMethods methods, Object client, SourceSettings.Protection protection) {
        String name = methods.sourceName();
        Duration openFor = protection.circuitOpenFor();
        CircuitBreaker circuit = circuits.circuitBreaker(name, CircuitSettings.openFor(openFor));
        circuitLog.watch(circuit, openFor);
        var bulkhead = bulkheads.bulkhead(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(protection.maxCalls())
                        .maxWaitDuration(WAIT_FOR_A_CALL)
                        .build());
        return new ResilientQuery(
                new SourceClient(client, methods, failures),
                methods.byIds() == null ? 1 : protection.maxIds(),
                new ResilientQuery.Resilience(bulkhead, circuit, Retry.of(name, retryConfig()), failures));
    }

    /** The state of a source's circuit breaker, as Resilience4j calls it. */
    public String circuitState(String sourceName) {
        return circuits.circuitBreaker(sourceName).getState().name();
    }

    @Override
    public void close() throws IOException {
        for (CloseableHttpClient client : httpClients) {
            client.close();
        }
    }

    private Object client(Class<?> type, URI url, SourceSettings settings) {
        CloseableHttpClient http = httpClient(settings);
        httpClients.add(http);
        try {
            Feign.Builder builder = Feign.builder();
            capabilities.forEach(builder::addCapability);
            return builder.client(new ApacheHttp5Client(http))
                    .encoder(new Jackson3Encoder(json))
                    .decoder(new Jackson3Decoder(json))
                    .retryer(Retryer.NEVER_RETRY)
                    .options(new Request.Options(settings.connectTimeout(), settings.readTimeout(), true))
                    .target(type, url.toString());
        } catch (IllegalStateException notFeign) {
            throw new FailureAnalyzedException(
                    "The source " + type.getName() + " is no Feign interface: " + notFeign.getMessage(),
                    "Use Feign's own annotations, not Spring MVC's: @RequestLine(\"GET /api/billings/{id}\") on the"
                            + " method and @Param(\"id\") on its parameter. Or provide a bean of this type.",
                    notFeign);
        }
    }

    private static CloseableHttpClient httpClient(SourceSettings settings) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(settings.connections())
                        .setMaxConnPerRoute(settings.connections())
                        .build())
                .addExecInterceptorLast(
                        "answer-limit",
                        new AnswerLimit(settings.maxAnswerBytes(), settings.readTimeout(), System::nanoTime))
                .disableContentCompression() // the limit is one of bytes on the wire
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build();
    }

    private static RetryConfig retryConfig() {
        return RetryConfig.custom()
                .maxAttempts(CALLS_PER_ROUND)
                .intervalFunction(IntervalFunction.ofRandomized(PAUSE_BETWEEN_CALLS))
                .retryOnException(Failures::worthAnImmediateRetry)
                .build();
    }
}
