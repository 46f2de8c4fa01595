package io.triggerquery.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.demo.launcher.part.PartName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the whole flow of {@code ./demo} with the real services, broker and database in separate processes. */
@Timeout(600)
class EndToEndIT {

    private static final int PATIENCE_SECONDS = 120;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private static Demo demo;

    @BeforeAll
    static void start(@TempDir Path root) throws IOException {
        for (String service : List.of("billing-demo", "payment-demo")) {
            Path built = Path.of("..", service, "target", service + ".jar");
            assertThat(built)
                    .as("build the whole project first: ./mvnw -B verify")
                    .exists();
            Path jar = root.resolve(service).resolve("target").resolve(built.getFileName());
            Files.createDirectories(jar.getParent());
            Files.copy(built, jar);
        }
        demo = Demo.in(root, FreePorts.asEnvironment());
        assertThat(DemoLauncher.execute(demo, "up")).isZero();
    }

    @AfterAll
    static void stop() {
        DemoLauncher.execute(demo, "down");
    }

    @Test
    void everyProjectionEqualsItsSourceAlthoughPaymentIsKilledInTheMiddle() {
        assertThat(DemoLauncher.execute(demo, "check", "--payments", "400")).isZero();
    }

    @Test
    void oneStuckIdDelaysNoOtherAndHealsWithoutARestart() throws Exception {
        post(PartName.PAYMENT, "/api/payments/sample?count=100", "");
        await("billing knows all", () -> count(PartName.PAYMENT, "") == known());
        String stuck = get(PartName.PAYMENT, "/api/payments?size=1")
                .path("content")
                .get(0)
                .path("id")
                .asString();
        post(PartName.BILLING, "/api/faults", "{\"failIds\":[\"%s\"]}".formatted(stuck));
        post(PartName.BILLING, "/api/bills", "{\"month\":\"2026-11\"}");
        await("all others are billed", () -> count(PartName.PAYMENT, "billed=false&") == 1);
        assertThat(get(PartName.PAYMENT, "/api/payments?billed=false")
                        .path("content")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(stuck);

        post(PartName.BILLING, "/api/faults", "{}");
        await("the stuck one is billed", () -> count(PartName.PAYMENT, "billed=false&") == 0);
    }

    /** Returns the number of payments with a projected billing. */
    private static int known() throws Exception {
        int known = 0;
        for (int page = 0; ; page++) {
            JsonNode rows =
                    get(PartName.PAYMENT, "/api/payments?size=500&page=" + page).path("content");
            for (JsonNode row : rows) {
                known += row.path("billingVersion").isNull() ? 0 : 1;
            }
            if (rows.isEmpty()) {
                return known;
            }
        }
    }

    private static int count(PartName part, String filter) throws Exception {
        return get(part, "/api/payments?" + filter + "size=1").path("total").asInt();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .pollInterval(Duration.ofMillis(200))
                .until(condition);
    }

    private static JsonNode get(PartName part, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(part, path)).build(), status -> status == 200);
    }

    private static void post(PartName part, String path, String body) throws Exception {
        send(
                HttpRequest.newBuilder(uri(part, path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                status -> status < 300);
    }

    private static URI uri(PartName part, String path) {
        return URI.create(demo.settings().url(part) + path);
    }

    private static JsonNode send(HttpRequest request, IntPredicate expected) throws Exception {
        var response = HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(request + ": " + response.body()).matches(expected::test);
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }
}
