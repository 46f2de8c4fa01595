package io.triggerquery.clients;

import static io.triggerquery.clients.Asking.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import feign.Logger.NoOpLogger;
import feign.RequestInterceptor;
import feign.codec.Decoder;
import feign.codec.ErrorDecoder;
import feign.micrometer.FeignContext;
import feign.micrometer.MicrometerObservationCapability;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.SourceAccess;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.internal.springcloud.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.cloud.openfeign.FeignLoggerFactory;
import org.springframework.cloud.openfeign.loadbalancer.FeignLoadBalancerAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import reactor.core.publisher.Flux;

/** A non-blocking call of a {@code @FeignClient} behaves like a call of its bean. */
class FeignClientCallsTest {

    private static final int UNDER_WAY = 200;
    private static final int WORKERS = 2;

    record Thing(String id) {}

    @Source(value = "things", id = "id", absence = Absence.NOT_FOUND)
    @FeignClient(name = "things", path = "/api")
    interface Things {

        @GetMapping("/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    @Source(value = "optionals", id = "id", absence = Absence.NOT_FOUND)
    @FeignClient(name = "things", path = "/api")
    interface OptionalThings {

        @GetMapping("/things/{id}")
        Optional<Thing> byId(@PathVariable("id") String id);
    }

    @Source(value = "things", id = "id", absence = Absence.NOT_FOUND)
    @FeignClient(name = "things", path = "/api")
    interface NumberedThings {

        @GetMapping("/things/{id}")
        Thing byId(@PathVariable("id") Long id);
    }

    @EnableFeignClients(clients = Things.class)
    static class Plain {}

    @EnableFeignClients(clients = OptionalThings.class)
    static class Optionals {}

    @EnableFeignClients(clients = NumberedThings.class)
    static class Numbered {}

    private static final ExecutorService SERVING = Executors.newCachedThreadPool();
    private static final Map<String, HttpExchange> REQUESTS = new ConcurrentHashMap<>();
    private static HttpServer server;
    private static CountDownLatch all = new CountDownLatch(0);

    private final Failures failures = new Failures(List.of());
    private Sources sources;

    @BeforeAll
    static void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), UNDER_WAY);
        server.setExecutor(SERVING);
        server.createContext("/", FeignClientCallsTest::handle);
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
        SERVING.shutdownNow();
    }

    @BeforeEach
    void createSources() {
        sources = new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), failures);
        REQUESTS.clear();
    }

    @AfterEach
    void closeSources() {
        sources.close();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath(); // decoded
        String id = path.substring("/api/things/".length());
        REQUESTS.put(id, exchange);
        all.countDown();
        try {
            all.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (id.startsWith("moved")) {
            exchange.getResponseHeaders().set("Location", id.substring("moved-to-".length()));
            exchange.sendResponseHeaders(302, -1);
        } else {
            boolean missing = id.startsWith("missing");
            byte[] body = (missing ? "{\"error\":\"" + id + "\"}" : "{\"id\":\"" + id.replace("\\", "\\\\") + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(missing ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static ApplicationContextRunner application(Class<?> clients) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HttpMessageConvertersAutoConfiguration.class, FeignAutoConfiguration.class))
                .withBean(FeignLoggerFactory.class, () -> type -> new NoOpLogger())
                .withUserConfiguration(clients);
    }

    private static ApplicationContextRunner direct(Class<?> clients) {
        return application(clients)
                .withPropertyValues("spring.cloud.openfeign.client.config.things.url=http://127.0.0.1:"
                        + server.getAddress().getPort());
    }

    private Query<Object> query(ApplicationContext application, Class<?> type, boolean encodesIds) {
        return query(application, type, encodesIds, SourceAccess.PLAIN);
    }

    private Query<Object> query(
            ApplicationContext application, Class<?> type, boolean encodesIds, SourceAccess access) {
        var settings = new SourceSettings(
                null, SourceSettings.DEFAULT.limits(), SourceSettings.DEFAULT.protection(), false, access);
        var known = (Reading.Known) CloudApplication.read(application, type, settings);
        return sources.query(SourceMethods.of(type), known.client(), settings, encodesIds);
    }

    @Test
    void requestHasPartsOfApplicationAndSettings() {
        direct(Plain.class)
                .withPropertyValues(
                        "spring.cloud.openfeign.client.config.things.default-request-headers.X-Tenant=blue",
                        "spring.cloud.openfeign.client.config.things.default-query-parameters.view=full")
                .withBean(RequestInterceptor.class, () -> request -> request.header("X-Key", "1"))
                .run(application -> {
                    var access = new SourceAccess(Map.of("Authorization", "Bearer t"), null, null, null, List.of());
                    assertThat(ask(query(application, Things.class, false, access), failures, "p-1"))
                            .isEqualTo("found");
                    HttpExchange request = REQUESTS.get("p-1");
                    assertThat(request.getRequestURI()).hasToString("/api/things/p-1?view=full");
                    assertThat(request.getRequestHeaders())
                            .containsEntry("X-tenant", List.of("blue"))
                            .containsEntry("X-key", List.of("1"))
                            .containsEntry("Authorization", List.of("Bearer t"));
                });
    }

    @Test
    void observationLastsUntilAnswer() {
        List<String> statuses = new ArrayList<>();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<FeignContext>() {
            @Override
            public void onStop(FeignContext context) {
                statuses.add(String.valueOf(
                        Objects.requireNonNull(context.getResponse()).status()));
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof FeignContext;
            }
        });
        direct(Plain.class)
                .withBean(MicrometerObservationCapability.class, () -> new MicrometerObservationCapability(registry))
                .run(application -> {
                    assertThat(ask(query(application, Things.class, false), failures, "p-1"))
                            .isEqualTo("found");
                    assertThat(statuses).containsExactly("200");
                });
    }

    @Test
    void answerIsReadByApplicationDecoder() {
        Decoder decoder = (response, type) -> new Thing("p-1");
        direct(Plain.class)
                .withBean(Decoder.class, () -> decoder)
                .run(application -> assertThat(ask(query(application, Things.class, false), failures, "p-1"))
                        .isEqualTo("found"));
        direct(Plain.class)
                .withBean(Decoder.class, () -> decoder)
                .run(application -> assertThat(ask(query(application, Things.class, false), failures, "p-2"))
                        .as("the decoder answered with another id")
                        .isEqualTo("RETRYABLE"));
    }

    @Test
    void notFoundMeansTheSameAsWithTheBean() {
        String dismissed = "spring.cloud.openfeign.client.config.things.dismiss404=";
        for (boolean dismiss : new boolean[] {false, true}) {
            direct(Plain.class)
                    .withPropertyValues(dismissed + dismiss)
                    .run(application -> assertThat(bothWays(application, Things.class, "missing"))
                            .as("a state that is decoded from an error is not of this id")
                            .isEqualTo(dismiss ? "RETRYABLE" : "absent since -1"));
            direct(Optionals.class)
                    .withPropertyValues(dismissed + dismiss)
                    .run(application -> assertThat(bothWays(application, OptionalThings.class, "missing"))
                            .isEqualTo("absent since -1"));
        }
    }

    @Test
    void errorDecoderReadsWholeError() {
        List<Integer> read = new CopyOnWriteArrayList<>();
        direct(Plain.class)
                .withBean(ErrorDecoder.class, () -> (method, response) -> {
                    try (InputStream body = response.body().asInputStream()) {
                        read.add(body.readAllBytes().length);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                    return new IllegalStateException();
                })
                .run(application -> {
                    assertThat(bothWays(application, Things.class, "missing" + "-".repeat(10_000)))
                            .isEqualTo("RETRYABLE");
                    assertThat(read)
                            .hasSize(2)
                            .allSatisfy(length -> assertThat(length).isGreaterThan(10_000));
                });
    }

    private String bothWays(ApplicationContext application, Class<?> type, String id) throws Exception {
        String waiting = ask(
                sources.query(SourceMethods.of(type), application.getBean(type), SourceSettings.DEFAULT.protection()),
                failures,
                id);
        assertThat(ask(query(application, type, false), failures, id)).isEqualTo(waiting);
        return waiting;
    }

    @Test
    void idIsOnePathSegmentIfAnyIdIsPermitted() {
        List<String> ids = List.of(
                "a/b", "a%2Fb", "../x", "a?b=c#d", "ä ö", "{x}", "a+b", "a&b", ";v=1", "日本", "p-1", "a\\b", "100%");
        direct(Plain.class).run(application -> {
            Query<Object> query = query(application, Things.class, true);
            for (String id : ids) {
                assertThat(ask(query, failures, id)).as(id).isEqualTo("found");
                assertThat(REQUESTS).containsKey(id);
            }
        });
    }

    @Test
    void idsAreConvertedAsWithTheBean() {
        for (boolean encodes : new boolean[] {false, true}) {
            direct(Numbered.class)
                    .run(application -> assertThat(
                                    ask(query(application, NumberedThings.class, encodes), failures, "17"))
                            .isEqualTo("found"));
            assertThat(REQUESTS).containsKey("17");
        }
    }

    @Test
    void onlyRedirectsWithinSourceAreFollowed() {
        direct(Plain.class).run(application -> {
            Query<Object> query = query(application, Things.class, true);
            assertThat(ask(query, failures, "moved-to-/api/things/p-1")).isEqualTo("RETRYABLE"); // of another id
            assertThat(REQUESTS).containsKey("p-1");
            REQUESTS.clear();
            assertThat(ask(
                            query,
                            failures,
                            "moved-to-http://localhost:" + server.getAddress().getPort() + "/api/things/p-2"))
                    .isEqualTo("UNAVAILABLE");
            assertThat(REQUESTS).doesNotContainKey("p-2");
        });
        direct(Plain.class)
                .withPropertyValues("spring.cloud.openfeign.client.config.things.follow-redirects=false")
                .run(application -> assertThat(
                                ask(query(application, Things.class, true), failures, "moved-to-/api/things/p-3"))
                        .isEqualTo("UNAVAILABLE"));
        assertThat(REQUESTS).doesNotContainKey("p-3");
    }

    @Test
    void noThreadBlocksForAnswer() {
        all = new CountDownLatch(UNDER_WAY); // the server answers when all requests have arrived
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            direct(Plain.class)
                    .withPropertyValues("spring.cloud.openfeign.client.config.things.read-timeout=60000")
                    .run(application -> {
                        Query<Object> query = query(application, Things.class, false);
                        List<CompletableFuture<?>> asked = IntStream.range(0, UNDER_WAY)
                                .<CompletableFuture<?>>mapToObj(i -> asked(workers, query, "p-" + i))
                                .toList();
                        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                                .get(1, TimeUnit.MINUTES);
                        assertThat(REQUESTS).hasSize(UNDER_WAY);
                    });
        } finally {
            while (all.getCount() > 0) {
                all.countDown();
            }
            workers.shutdownNow();
        }
    }

    private static CompletableFuture<Object> asked(Executor workers, Query<Object> query, String id) {
        var answered = new CompletableFuture<Object>();
        workers.execute(() -> {
            try {
                query.ask(List.of(id), 0).thenAccept(answered::complete).exceptionally(failure -> {
                    answered.completeExceptionally(failure);
                    return null;
                });
            } catch (Exception failure) {
                answered.completeExceptionally(failure);
            }
        });
        return answered;
    }

    private static ServiceInstanceListSupplier instances(int... ports) {
        List<ServiceInstance> instances = IntStream.of(ports)
                .<ServiceInstance>mapToObj(
                        port -> new DefaultServiceInstance("i-" + port, "things", "127.0.0.1", port, false))
                .toList();
        return new ServiceInstanceListSupplier() {
            @Override
            public String getServiceId() {
                return "things";
            }

            @Override
            public Flux<List<ServiceInstance>> get() {
                return Flux.just(instances);
            }
        };
    }

    private static ApplicationContextRunner balanced(int... ports) {
        return application(Plain.class)
                .withConfiguration(AutoConfigurations.of(
                        LoadBalancerAutoConfiguration.class,
                        BlockingLoadBalancerClientAutoConfiguration.class,
                        FeignLoadBalancerAutoConfiguration.class))
                .withBean(ServiceInstanceListSupplier.class, () -> instances(ports));
    }

    @Test
    void deadInstanceDelaysNoId() throws Exception {
        URI dead = MisbehavingServer.closedPort();
        balanced(dead.getPort(), server.getAddress().getPort()).run(application -> {
            Query<Object> query = query(application, Things.class, false);
            for (int i = 0; i < 6; i++) {
                assertThat(ask(query, failures, "p-" + i)).isEqualTo("found");
            }
            assertThat(sources.circuitState("things")).isEqualTo("CLOSED");
        });
    }

    @Test
    void serviceWithoutInstancesIsUnavailable() {
        balanced().run(application -> {
            assertThat(ask(query(application, Things.class, false), failures, "p-1"))
                    .isEqualTo("UNAVAILABLE");
            assertThat(REQUESTS).isEmpty();
        });
    }

    /** Records the notifications of the load balancer. */
    static final class Recorded implements LoadBalancerLifecycle<RequestDataContext, ResponseData, ServiceInstance> {

        private final List<String> events = new ArrayList<>();

        @Override
        public void onStart(Request<RequestDataContext> request) {
            events.add(
                    "start " + request.getContext().getClientRequest().getUrl().getPath());
        }

        @Override
        public void onStartRequest(Request<RequestDataContext> request, Response<ServiceInstance> chosen) {
            events.add("request " + chosen.getServer().getServiceId());
        }

        @Override
        public void onComplete(CompletionContext<ResponseData, ServiceInstance, RequestDataContext> end) {
            events.add(end.status()
                    + (end.getClientResponse() == null
                            ? ""
                            : " " + end.getClientResponse().getHttpStatus()));
        }
    }

    @Test
    void loadBalancerReceivesResultOfCalls() throws Exception {
        var recorded = new Recorded();
        balanced(server.getAddress().getPort())
                .withBean(LoadBalancerLifecycle.class, () -> recorded)
                .run(application -> ask(query(application, Things.class, false), failures, "p-1"));
        assertThat(recorded.events).containsExactly("start /api/things/p-1", "request things", "SUCCESS 200 OK");
        recorded.events.clear();
        balanced(MisbehavingServer.closedPort().getPort())
                .withBean(LoadBalancerLifecycle.class, () -> recorded)
                .run(application -> ask(query(application, Things.class, false), failures, "p-1"));
        assertThat(recorded.events).startsWith("start /api/things/p-1", "request things", "FAILED");
        recorded.events.clear();
        balanced()
                .withBean(LoadBalancerLifecycle.class, () -> recorded)
                .run(application -> ask(query(application, Things.class, false), failures, "p-1"));
        assertThat(recorded.events).startsWith("start /api/things/p-1", "DISCARD");
    }
}
