package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import feign.RequestInterceptor;
import io.triggerquery.consumer.it.ThingsApplication.ThingSource;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.Sources;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** The application's beans of type {@link RequestInterceptor} are applied to each call of every source. */
@Timeout(60)
class RequestInterceptorBeansTest {

    private final Queue<List<String>> authorizations = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                authorizations.add(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
                byte[] thing = "{\"id\":\"a\",\"version\":1}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, thing.length);
                exchange.getResponseBody().write(thing);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void addCredentialsToEachCall() throws Exception {
        RequestInterceptor credentials = template -> template.header("Authorization", "Bearer token");
        try (ConfigurableApplicationContext context = ThingsApplication.start(
                new Object(),
                Map.of("spring.kafka.bootstrap-servers", "127.0.0.1:9"),
                more -> more.registerBean(RequestInterceptor.class, () -> credentials))) {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            Duration limit = Duration.ofSeconds(10);
            context.getBean(Sources.class)
                    .query(
                            SourceMethods.of(ThingSource.class),
                            url,
                            new SourceSettings(
                                    url,
                                    new SourceSettings.Limits(limit, limit, 10_000),
                                    new SourceSettings.Protection(limit, 1, 1)))
                    .ask(List.of("a"), 0)
                    .toCompletableFuture()
                    .get();
        }
        assertThat(authorizations).containsExactly(List.of("Bearer token"));
    }
}
