package io.triggerquery.demo.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.TriggerPublisher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Reads and changes waiting triggers over HTTP while the broker cannot be reached. */
@SpringBootTest(
        properties = {"spring.kafka.bootstrap-servers=127.0.0.1:1", "spring.kafka.listener.auto-startup=false"},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestEnvironment.class)
@DirtiesContext
class ProducerOperationsIT {

    private static final String ID = "payment-that-waits";

    @TempDir
    static Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    TriggerPublisher triggers;

    @DynamicPropertySource
    static void spool(DynamicPropertyRegistry registry) {
        registry.add("triggerquery.producer.disk-queue.directory", directory::toString);
    }

    @BeforeEach
    void publish() {
        triggers.tryPublish("billing-changed", ID, 7);
    }

    @Test
    void showsEachStrategyAndItsDestinationStates() throws Exception {
        HttpResponse<String> answer = get("");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"strategy\":\"disk-queue\"", "\"running\":true", "\"billing-changed\":");
    }

    @Test
    void showsWaitingTriggers() throws Exception {
        HttpResponse<String> answer = get("/disk-queue?limit=1000");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":\"" + ID + "\",\"version\":7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "unpark"})
    void executesAnOperation(String operation) throws Exception {
        HttpResponse<String> answer = post("/disk-queue/" + operation + "/billing-changed");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"operation\":\"" + operation + "\"", "\"triggers\":");
    }

    @ParameterizedTest
    @CsvSource({
        "/carrier-pigeon/retry/billing-changed, 404, no strategy carrier-pigeon is in use; there are: disk-queue",
        "/disk-queue/retry/elsewhere, 404, the strategy has no destination elsewhere; there are: billing-changed",
        "/disk-queue/forget/billing-changed, 400, there is no operation forget",
        "/disk-queue/unpark/billing-changed/" + ID + ", 404, no trigger " + ID + " for billing-changed matches",
        "/disk-queue/retry/billing-changed/a%20b, 400, an id has 1 to 256 characters"
    })
    void refusesInvalidOperations(String path, int status, String reason) throws Exception {
        HttpResponse<String> answer = post(path);

        assertThat(answer.body()).contains(reason);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/triggerproducer" + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
