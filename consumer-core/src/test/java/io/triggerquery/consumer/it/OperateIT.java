package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Operations over HTTP while one id is stuck and one source is down. */
class OperateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final SourceServer bills = new SourceServer();
    private final SourceServer payments = new SourceServer();
    private final String billTopic = "bills-" + UUID.randomUUID();
    private final String paymentTopic = "payments-" + UUID.randomUUID();
    private ConfigurableApplicationContext application;

    @Source(value = "bills", version = "version")
    interface BillSource {

        @RequestLine("GET /api/things/{id}")
        Bill byId(@Param("id") String id);
    }

    record Bill(String id, long version) {}

    @Source("payments")
    interface PaymentSource {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        final Set<String> projected = ConcurrentHashMap.newKeySet();

        @TriggerQueryListener(id = "bills", topics = "${bills.topic}", source = BillSource.class)
        void bill(Bill bill) {
            projected.add(bill.id());
        }

        @Bean
        ProjectedVersions projectedBills() {
            return ProjectedVersions.of("bills", ids -> Map.of("stuck", 5L));
        }

        @TriggerQueryListener(id = "payments", topics = "${payments.topic}", source = PaymentSource.class)
        void payment(Thing thing) {
            projected.add(thing.id());
        }
    }

    @BeforeEach
    void start() throws Exception {
        Broker.create(billTopic);
        Broker.create(paymentTopic);
        application = new SpringApplicationBuilder(Application.class)
                .run(Stream.of(
                                "spring.main.web-application-type=servlet",
                                "server.port=0",
                                "server.address=127.0.0.1",
                                "management.endpoints.web.exposure.include=health,triggerquery",
                                "management.endpoint.health.show-details=always",
                                "spring.kafka.bootstrap-servers=" + Broker.address(),
                                "spring.kafka.consumer.group-id=" + billTopic,
                                "bills.topic=" + billTopic,
                                "payments.topic=" + paymentTopic,
                                "triggerquery.sources.bills.url=" + bills.url(),
                                "triggerquery.sources.bills.read-timeout=1s",
                                "triggerquery.sources.payments.url=" + payments.url(),
                                "triggerquery.sources.payments.circuit-open-for=10m",
                                "triggerquery.listeners.payments.unicode-ids=true",
                                "triggerquery.defaults.back-off.initial=1h",
                                "triggerquery.defaults.back-off.max=1h")
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    @AfterEach
    void close() {
        application.close();
        bills.close();
        payments.close();
    }

    private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        return call(method, path, HttpRequest.BodyPublishers.noBody());
    }

    private HttpResponse<String> call(String method, String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        return JsonMapper.shared().readTree(call("GET", path).body());
    }

    private JsonNode report(String listener) throws Exception {
        return get("triggerquery/" + listener);
    }

    private Set<String> projected() {
        return application.getBean(Application.class).projected;
    }

    private static void send(String topic, String id) throws Exception {
        Broker.send(topic, 0, id.getBytes(StandardCharsets.UTF_8));
    }

    private void pause(String listener) throws Exception {
        assertThat(call("POST", "triggerquery/" + listener + "/pause").statusCode())
                .isEqualTo(200);
        var container = application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(listener);
        await().atMost(PATIENCE).until(container::isContainerPaused);
    }

    /** One bill fails among good ones; no payment can be queried. */
    private void failOneIdAndOneSource() throws Exception {
        bills.failing.add("stuck");
        for (String id : List.of("a", "stuck", "b")) {
            bills.versions.put(id, 1L);
            send(billTopic, id);
        }
        payments.down = true;
        // fetched together, because a held partition fetches no more
        pause("payments");
        for (int i = 0; i < 20; i++) {
            send(paymentTopic, "p-" + i);
        }
        call("POST", "triggerquery/payments/resume");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(projected()).contains("a", "b");
            assertThat(report("bills").at("/work/waiting").intValue()).isEqualTo(1);
            assertThat(report("payments").at("/source/circuit").stringValue()).isNotEqualTo("CLOSED");
            assertThat(report("payments").at("/work/held").booleanValue()).isTrue();
        });
    }

    @Test
    void showsStuckIdsAndUnavailableSource() throws Exception {
        failOneIdAndOneSource();
        JsonNode all = get("triggerquery");
        System.out.println(all.toPrettyString());
        assertThat(all.at("/listeners").size()).isEqualTo(2);

        JsonNode bill = report("bills");
        assertThat(bill.at("/topics/0").stringValue()).isEqualTo(billTopic);
        assertThat(bill.at("/source/name").stringValue()).isEqualTo("bills");
        assertThat(bill.at("/source/circuit").stringValue()).isEqualTo("CLOSED");
        assertThat(bill.at("/container/running").booleanValue()).isTrue();
        assertThat(bill.at("/container/paused").booleanValue()).isFalse();
        JsonNode stuck = bill.at("/stuck/0");
        assertThat(stuck.at("/id").stringValue()).isEqualTo("stuck");
        assertThat(stuck.at("/failures").intValue()).isEqualTo(1);
        assertThat(stuck.at("/lastError").stringValue()).contains("[500");
        JsonNode first = partition(bill, billTopic + "-0");
        assertThat(first.at("/watermark").longValue()).isEqualTo(1);
        assertThat(first.at("/open").intValue()).isEqualTo(1);
        assertThat(first.at("/lag").longValue()).isEqualTo(2);
        JsonNode idle = partition(bill, billTopic + "-1");
        assertThat(idle.at("/watermark").isNull()).isTrue();
        assertThat(idle.at("/open").intValue()).isZero();
        assertThat(idle.at("/lag").longValue()).isZero();

        JsonNode payment = report("payments");
        assertThat(payment.at("/work/pending").intValue()).isEqualTo(20);
        assertThat(partition(payment, paymentTopic + "-0").at("/lag").longValue())
                .isEqualTo(20);
        JsonNode health = get("health");
        assertThat(health.at("/components/triggerQuery/status").stringValue()).isEqualTo("UP");
    }

    @Test
    void reportsOneId() throws Exception {
        failOneIdAndOneSource();
        JsonNode list = get("triggerquery/bills/ids?limit=10");
        assertThat(list.at("/total").intValue()).isEqualTo(1);
        assertThat(list.at("/ids/0/id").stringValue()).isEqualTo("stuck");
        assertThat(list.at("/ids/0/reason").stringValue()).isEqualTo("back-off");

        JsonNode story = get("triggerquery/bills/ids/stuck");
        System.out.println(story.toPrettyString());
        DocumentedAnswer.assertShownAfter("GET /actuator/triggerquery/bills/ids/stuck", story);
        assertThat(story.at("/state").stringValue()).isEqualTo("waiting");
        assertThat(story.at("/lastError").stringValue()).contains("[500");
        assertThat(Duration.parse(story.at("/nextTryIn").stringValue()))
                .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(91));
        assertThat(story.at("/deliveries/0/topic").stringValue()).isEqualTo(billTopic);
        assertThat(story.at("/deliveries/0/offset").longValue()).isEqualTo(1);
        assertThat(story.at("/projection/version").longValue()).isEqualTo(5);
        assertThat(story.at("/rounds/0/outcome").stringValue()).isEqualTo("failed");
        assertThat(story.at("/rounds/0/failedStep").stringValue()).isEqualTo("query");
        assertThat(get("triggerquery/bills/ids/a").at("/state").stringValue()).isEqualTo("applied");
        assertThat(get("triggerquery/bills/ids/never").at("/state").stringValue())
                .isEqualTo("unknown");

        Set<String> states = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            states.add(get("triggerquery/payments/ids/p-" + i).at("/state").stringValue());
        }
        assertThat(states).as("ids that were not queried before").contains("held");
        assertThat(get("triggerquery/bills/ids/p-0").at("/state").stringValue())
                .as("of another listener")
                .isEqualTo("unknown");
        call("POST", "triggerquery/payments/trigger", HttpRequest.BodyPublishers.ofString("{\"id\": \"a/<b>\"}"));
        String markedId = "triggerquery/payments/ids?id=a%2F%3Cb%3E";
        await().atMost(PATIENCE) // the id may be the next probe
                .until(() -> get(markedId).at("/state").stringValue().equals("held"));
        JsonNode marked = get(markedId);
        assertThat(marked.at("/id").stringValue()).isEqualTo("a/<b>");
        assertThat(marked.at("/deliveries").size()).isEqualTo(1);
        assertThat(marked.at("/deliveries/0/topic").isMissingNode())
                .as("no message")
                .isTrue();

        bills.failing.clear();
        bills.versions.put("stuck", 7L);
        JsonNode asked = JsonMapper.shared()
                .readTree(call("POST", "triggerquery/bills/ask/stuck").body());
        System.out.println(asked.toPrettyString());
        DocumentedAnswer.assertShownAfter("POST /actuator/triggerquery/bills/ask/stuck", asked);
        assertThat(asked.at("/answer").stringValue()).isEqualTo("found");
        assertThat(asked.at("/version").longValue()).isEqualTo(7);
        assertThat(asked.at("/projection/version").longValue()).isEqualTo(5);
        assertThat(asked.at("/state").isMissingNode()).as("hidden").isTrue();
        assertThat(projected()).as("not projected").doesNotContain("stuck");

        bills.hanging.add("stuck");
        JsonNode hanging = JsonMapper.shared()
                .readTree(call("POST", "triggerquery/bills/ask/stuck").body());
        assertThat(hanging.at("/answer").stringValue()).isEqualTo("failed");
        assertThat(hanging.at("/error").stringValue()).contains("No answer within 1 seconds");
        assertThat(Duration.parse(hanging.at("/took").stringValue())).isLessThan(Duration.ofSeconds(10));
    }

    private static JsonNode partition(JsonNode report, String name) {
        return StreamSupport.stream(report.at("/partitions").spliterator(), false)
                .filter(partition -> partition.at("/partition").stringValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void retriesAndLooksUpStuckIdOnRequest() throws Exception {
        failOneIdAndOneSource();
        bills.failing.clear();
        HttpResponse<String> retried = call("POST", "triggerquery/bills/retry/stuck");
        assertThat(retried.body())
                .isEqualTo("{\"listener\":\"bills\",\"operation\":\"retry\",\"outcome\":\"stuck is tried now.\"}");
        await().atMost(PATIENCE).until(() -> projected().contains("stuck"));
        HttpResponse<String> again = call("POST", "triggerquery/bills/retry/stuck");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).contains("The id stuck does not wait here for a later attempt");

        bills.versions.put("by-hand", 1L);
        assertThat(call("POST", "triggerquery/bills/trigger/by-hand").statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> projected().contains("by-hand"));
        bills.versions.put("in-body", 1L);
        assertThat(call(
                                "POST",
                                "triggerquery/bills/trigger",
                                HttpRequest.BodyPublishers.ofString("{\"id\": \"in-body\"}"))
                        .body())
                .contains("in-body is queried.");
        HttpResponse<String> bad = call("POST", "triggerquery/bills/trigger/a%3Fb");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("This is not a valid id: an id has 1 to 256 characters");
    }

    @Test
    void g4_manualTriggersAreBoundedWhileNothingCanBeQueried() throws Exception {
        failOneIdAndOneSource();
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            HttpResponse<String> answer = call("POST", "triggerquery/payments/trigger/hand-" + i);
            refused += answer.statusCode() == 409 ? 1 : 0;
            assertThat(answer.body()).containsAnyOf("is queried", "no more are accepted until some are");
        }
        assertThat(refused).isEqualTo(300);
        assertThat(report("payments").at("/work/pending").intValue()).isEqualTo(220);
    }

    @Test
    void pausesAndResumes() throws Exception {
        bills.versions.put("a", 1L);
        bills.versions.put("b", 1L);
        send(billTopic, "a");
        await().atMost(PATIENCE).until(() -> projected().contains("a"));
        pause("bills");
        assertThat(report("bills").at("/container/paused").booleanValue()).isTrue();
        send(billTopic, "b");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(partition(report("bills"), billTopic + "-0")
                                .at("/lag")
                                .longValue())
                        .isEqualTo(1));
        assertThat(projected()).doesNotContain("b");
        assertThat(call("POST", "triggerquery/bills/resume").statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> projected().contains("b"));
    }

    @Test
    void showsAndDiscardsDeadLetter() throws Exception {
        assertThat(get("triggerquery/bills/dead-letters").at("/letters").size()).isZero();
        Broker.send(billTopic, 0, "<b>a/b</b>".getBytes(StandardCharsets.UTF_8));
        String reasons = "triggerquery/bills/dead-letters/reasons";
        await().atMost(PATIENCE).until(() -> get(reasons).at("/reasons/0/count").asInt(0) == 1);
        assertThat(get(reasons).at("/reasons/0/reason").stringValue()).isEqualTo("not-a-trigger");
        String position = get(reasons).at("/reasons/0/example").stringValue();
        JsonNode letter = get("triggerquery/bills/dead-letters/" + position);
        assertThat(letter.at("/state").stringValue()).isEqualTo("open");
        assertThat(letter.at("/origin").stringValue()).isEqualTo(billTopic + "-0@0");
        assertThat(letter.at("/content/valueBytes").intValue()).isEqualTo(10);
        assertThat(letter.at("/content/value").isMissingNode()
                        || letter.at("/content/value").isNull())
                .as("states are hidden")
                .isTrue();
        assertMisspeltParametersAreRefused();
        HttpResponse<String> all = call("POST", "triggerquery/bills/discard");
        assertThat(all.statusCode()).isEqualTo(400);
        HttpResponse<String> discarded = call(
                "POST",
                "triggerquery/bills/discard",
                HttpRequest.BodyPublishers.ofString("{\"letters\": \"" + position + "\"}"));
        assertThat(discarded.body()).contains("\"outcome\":\"1 discarded; 1 records read.\"");
        assertThat(get("triggerquery/bills/dead-letters").at("/letters").size()).isZero();
        assertThat(get("triggerquery/bills/dead-letters?handled=true")
                        .at("/letters/0/state")
                        .stringValue())
                .isEqualTo("discarded");
        assertThat(call("GET", "triggerquery/bills/dead-letters?cursor=nonsense")
                        .statusCode())
                .isEqualTo(400);
        assertThat(call("GET", "triggerquery/bills/dead-letters/0@999").statusCode())
                .isEqualTo(404);
        assertThat(get("triggerquery/bills/deferred").at("/deferred").size()).isZero();
    }

    /** For example, a misspelled selection must not replay everything. */
    private void assertMisspeltParametersAreRefused() throws Exception {
        for (String operation : List.of("replay", "discard", "pause", "resume", "retry/a", "trigger/a")) {
            HttpResponse<String> refused = call(
                    "POST",
                    "triggerquery/bills/" + operation,
                    HttpRequest.BodyPublishers.ofString("{\"raeson\": \"x\", \"until\": \"1h\"}"));
            assertThat(refused.statusCode()).as(operation).isEqualTo(400);
            assertThat(refused.body())
                    .startsWith("{\"error\":\"This request has no parameter raeson. Its parameters are: ");
            assertThat(get("triggerquery/bills/audit").at("/0/result").stringValue())
                    .startsWith("This request has no parameter raeson.");
        }
        assertThat(get("triggerquery/bills/dead-letters").at("/letters").size())
                .as("open letters")
                .isEqualTo(1);
        assertThat(report("bills").at("/container/paused").booleanValue()).isFalse();
        assertThat(call("GET", "triggerquery/bills/dead-letters?raeson=x").statusCode())
                .isEqualTo(400);
        assertThat(call("GET", "triggerquery?listener=bills").body())
                .isEqualTo("{\"error\":\"This request has no parameter listener. It has none.\"}");
    }

    @Test
    void unknownNamesAreReported() throws Exception {
        HttpResponse<String> unknown = call("GET", "triggerquery/bill");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .isEqualTo("{\"error\":\"No listener has the id bill. The listeners are: bills, payments\"}");
        assertThat(call("POST", "triggerquery/bills/stop").statusCode()).isEqualTo(400);
        assertThat(call("POST", "triggerquery/bills/resync").statusCode()).isEqualTo(409);
        List<String> wrong = List.of(
                "bills/id",
                "bills/ids/a%3Cb",
                "bills/ids?id=a%0Ab",
                "bills/ids?id=" + "x".repeat(257),
                "payments/ids?id=",
                "payments/ids?id=a%00",
                "bills/ids?limit=1001");
        for (String request : wrong) {
            HttpResponse<String> refused = call("GET", "triggerquery/" + request);
            assertThat(refused.statusCode()).as(request).isEqualTo(400);
            assertThat(refused.body()).startsWith("{\"error\":\"").doesNotContain("xxx");
        }
    }

    @Test
    void bodyAndQueryStringDoNotReplacePath() throws Exception {
        HttpResponse<String> other = call(
                "POST",
                "triggerquery/bills/trigger/a",
                HttpRequest.BodyPublishers.ofString("{\"listener\": \"payments\"}"));

        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(other.body()).at("/error").asString())
                .isEqualTo("The path of this request contains the listener. Remove the parameter.");
        assertThat(call("GET", "triggerquery/bills/ids/a?id=b").statusCode()).isEqualTo(400);
        assertThat(call("GET", "triggerquery/bills/ids/a?id=a").statusCode()).isEqualTo(200);
        assertThat(call("GET", "triggerquery/bills/fleet?limit=1").body())
                .contains("The view fleet does not read: limit=1");
    }

    @Test
    void isDownIfContainerHasStoppedByItself() throws Exception {
        assertThat(call("GET", "health").statusCode()).isEqualTo(200);
        application
                .getBean(KafkaListenerEndpointRegistry.class)
                .getListenerContainer("bills")
                .stopAbnormally(() -> {});
        await().atMost(PATIENCE).until(() -> call("GET", "health").statusCode() == 503);
        JsonNode health = get("health").at("/components/triggerQuery");
        assertThat(health.at("/status").stringValue()).isEqualTo("DOWN");
        assertThat(health.at("/details/bills/container").stringValue()).startsWith("stopped by an error");
    }
}
