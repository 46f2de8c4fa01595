package io.triggerquery.producer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.internal.alarm.WebhookAlarm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

/** The name of the service in the alarms that are posted to the webhook. */
class WebhookNameTest {

    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void nameOfTheSettingsIsUsedFirst() throws InterruptedException {
        assertThat(named("triggerquery.producer.application=billing", "spring.application.name=other"))
                .isEqualTo("billing");
    }

    @Test
    void applicationNameIsUsedOtherwise() throws InterruptedException {
        assertThat(named("spring.application.name=billing")).isEqualTo("billing");
    }

    @Test
    void nameIsNeverEmpty() throws InterruptedException {
        assertThat(named()).isEqualTo("application");
    }

    private String named(String... properties) throws InterruptedException {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(KafkaAutoConfiguration.class, TriggerProducerAutoConfiguration.class))
                .withPropertyValues(
                        "triggerquery.producer.disk-queue.directory=" + directory,
                        "triggerquery.producer.destinations.changed.topic=changed",
                        "triggerquery.producer.alarm.webhook=http://127.0.0.1:"
                                + server.getAddress().getPort() + "/hook")
                .withPropertyValues(properties)
                .run(context -> context.getBean(WebhookAlarm.class).raise(new Alarm.Outage("changed", "for the test")));
        String body = received.poll(30, TimeUnit.SECONDS);
        assertThat(body).isNotNull();
        return JsonMapper.shared().readTree(body).get("service").asString();
    }
}
