package com.example.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import feign.Feign;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.triggerquery.producer.TriggerPublisher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Triggers go through Kafka, are queried by Feign, also after failures, and are projected. */
@SpringBootTest
@EmbeddedKafka(
        topics = "billing.billing-changed",
        partitions = 1,
        bootstrapServersProperty = "spring.kafka.bootstrap-servers")
class PaymentsApplicationTest {

    private static final AtomicInteger FAILURES = new AtomicInteger(3);
    private static final HttpServer BILLING = billing();

    @Autowired
    TriggerPublisher triggers;

    @Autowired
    BillingCopy copy;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry properties) {
        properties.add(
                "triggerquery.sources.billing.url",
                () -> "http://127.0.0.1:" + BILLING.getAddress().getPort());
    }

    @Test
    void triggersAreApplied() {
        for (int i = 0; i < 50; i++) {
            triggers.publish("billing-changed", "pay-" + i, 0L);
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> copy.all().size() == 50);
        assertThat(copy.all().get("pay-7")).isEqualTo(new Billing("pay-7", true, 1));
    }

    @Test
    void versionsAreThoseOfTheBom() {
        assertThat(jar(Feign.class)).contains("feign-core-13.6.1.jar");
        assertThat(jar(CircuitBreaker.class)).contains("resilience4j-circuitbreaker-2.3.0.jar");
    }

    private static String jar(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    @AfterAll
    static void stop() {
        BILLING.stop(0);
    }

    private static HttpServer billing() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/api/billings", exchange -> {
                boolean fails = FAILURES.getAndDecrement() > 0;
                String query = exchange.getRequestURI().getQuery();
                String path = exchange.getRequestURI().getPath();
                String answer = query == null
                        ? state(path.substring(path.lastIndexOf('/') + 1))
                        : Arrays.stream(query.substring("ids=".length()).split(","))
                                .map(PaymentsApplicationTest::state)
                                .collect(Collectors.joining(",", "[", "]"));
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(fails ? 503 : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String state(String id) {
        return "{\"paymentId\":\"" + id + "\",\"billed\":true,\"version\":1}";
    }
}
