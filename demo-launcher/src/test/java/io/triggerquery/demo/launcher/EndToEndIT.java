package io.triggerquery.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.Browser;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the whole flow of {@code ./demo} with the real services, broker and database in separate processes. */
@Timeout(600)
class EndToEndIT {

    private static final int TIMEOUT_SECONDS = 120;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private static Demo demo;
    private static ChromeDriver browser;

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
        if (browser != null) {
            browser.quit();
        }
        DemoLauncher.execute(demo, "down");
    }

    @Test
    void projectionsEqualTheirSourcesAfterPaymentIsKilled() {
        assertThat(DemoLauncher.execute(demo, "check", "--payments", "400")).isZero();
    }

    @Test
    void stuckIdDelaysNoOtherAndRecoversWithoutRestart() throws Exception {
        post(PartName.PAYMENT, "/api/payments/sample?count=100", "");
        await("all payments are projected", () -> count(PartName.PAYMENT, "") == known());
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

    @Test
    void faultsSetOnThePageOfBillingAreShownAndRecover() throws Exception {
        Page billing = page(PartName.BILLING);
        Page payment = page(PartName.PAYMENT);
        post(PartName.PAYMENT, "/api/payments/sample?count=60", "");
        await("all payments are projected", () -> count(PartName.PAYMENT, "") == known());

        billing.open();
        String stuck = billing.text("#unbilled-rows tr:first-child a");
        billing.submit("#fault-" + stuck);
        assertThat(billing.text("#faults-state")).contains("Answered with 500: " + stuck);
        billing.submit("#issue button");
        assertThat(billing.text(".note")).matches("Issued a bill for [0-9]+ payments.");
        payment.open();
        payment.awaitText("#stuck-" + stuck, stuck);
        payment.awaitText(".stuck .reason", "this id fails on purpose");
        payment.awaitText("#count-not-billed", "1");
        payment.await(() -> payment.count("#rows .is-open") == 1, () -> payment.text("main"));
        assertThat(payment.text("#consuming-state")).isEqualTo("Some ids are stuck. The others are applied.");
        assertThat(payment.text("#rows tr:first-child")).contains(stuck, "Not billed", "Update pending");
        assertThat(payment.problems("demo-payment")).isEmpty();

        billing.open();
        billing.submit("#break-down");
        billing.submit("#bill-rows button");
        assertThat(billing.text("#faults-state")).contains("Down: every query is answered with 503.");
        assertThat(billing.problems("demo-billing")).isEmpty();
        payment.open();
        payment.awaitText("#consuming-state", "billing fails. It is queried seldom until it answers.");
        payment.await(() -> payment.count(".is-pending") == 50, () -> payment.text("main"));

        // the page of payment stays open and refreshes itself
        payment.focus("#story-" + stuck);
        post(PartName.BILLING, "/api/faults", "{}");
        payment.await(() -> payment.count(".is-pending") == 0, () -> payment.text("main"));
        payment.awaitText("#consuming-state", "Queries billing for the received triggers.");
        assertThat(payment.focused()).isEqualTo("story-" + stuck);

        String markup = "<img src=x onerror=document.title='broken'>";
        post(
                PartName.PAYMENT,
                "/api/payments",
                "{\"payer\":\"%s\",\"amount\":1,\"currency\":\"EUR\"}".formatted(markup));
        payment.awaitText(".payer", markup);
        assertThat(browser.getTitle()).isEqualTo("Payments");
    }

    @Test
    void rowIsFreshOnRequestWithoutATrigger() throws Exception {
        Page billing = page(PartName.BILLING);
        Page payment = page(PartName.PAYMENT);
        post(PartName.PAYMENT, "/api/payments/sample?count=1", "");
        await("all payments are projected", () -> count(PartName.PAYMENT, "") == known());

        billing.withoutJavaScript(() -> {
            billing.open();
            assertThat(billing.text("noscript")).contains("does not refresh itself");
            billing.submit("#break-publishing");
            billing.submit("#issue button");
            assertThat(billing.text(".note")).startsWith("Issued a bill for");
        });
        payment.open();
        payment.submit("#rows tr:first-child button");
        assertThat(payment.text(".note")).endsWith("has what billing has now.");
        assertThat(payment.text("#rows tr:first-child .state")).startsWith("Billed");

        // sends triggers for the payments of this bill, so that the monitor finds no violation
        billing.open();
        billing.submit("#repair");
        billing.submit("#bill-rows button");
    }

    /** Skips in each test, because the build counts tests that are skipped before the first one as passed. */
    private static Page page(PartName part) {
        if (browser == null) {
            Optional<Browser> found = Browser.find();
            assumeTrue(found.isPresent(), "no Chromium with chromedriver on this machine");
            browser = found.get().open();
        }
        return new Page(browser, demo.settings().url(part));
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
                .atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
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
