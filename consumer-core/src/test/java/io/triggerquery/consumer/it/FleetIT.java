package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Several instances of a group with a real broker, of which any answers and acts for all. */
class FleetIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SourceServer source = new SourceServer();
    private final List<AutoCloseable> running = new ArrayList<>();
    private String topic;

    @BeforeEach
    void createTopic() throws Exception {
        topic = "fleet-" + UUID.randomUUID().toString().substring(0, 8);
        Broker.create(topic);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
        source.close();
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("spring.main.banner-mode", "off"),
                Map.entry("spring.main.web-application-type", "servlet"),
                Map.entry("server.port", "0"),
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("management.endpoints.web.exposure.include", "triggerquery"),
                Map.entry("spring.kafka.bootstrap-servers", Broker.address()),
                Map.entry("spring.kafka.consumer.group-id", topic),
                Map.entry("spring.kafka.consumer.properties.session.timeout.ms", "3000"),
                Map.entry("spring.kafka.consumer.properties.heartbeat.interval.ms", "500"),
                Map.entry("bills.topic", topic),
                Map.entry("triggerquery.sources.bills.url", source.url()),
                Map.entry("triggerquery.defaults.back-off.initial", "1h"),
                Map.entry("triggerquery.defaults.back-off.max", "1h"));
    }

    private FleetInstance start() {
        var instance = FleetInstance.start(settings());
        running.add(instance);
        return instance;
    }

    private static List<JsonNode> instances(FleetInstance asked) throws Exception {
        return StreamSupport.stream(asked.get("bills/fleet").at("/instances").spliterator(), false)
                .toList();
    }

    private static List<JsonNode> alive(FleetInstance asked) throws Exception {
        return instances(asked).stream()
                .filter(instance -> !instance.at("/gone").booleanValue())
                .toList();
    }

    private static int partitions(FleetInstance asked) throws Exception {
        return alive(asked).stream()
                .mapToInt(instance -> instance.at("/status/partitions").size())
                .sum();
    }

    private void awaitFleet(FleetInstance asked, int instances) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(alive(asked)).hasSize(instances);
            assertThat(partitions(asked)).isEqualTo(2 * Broker.PARTITIONS);
        });
    }

    private void change(String id, int partition) throws Exception {
        source.versions.put(id, 1L);
        Broker.send(topic, partition, id.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertExecuted(HttpResponse<String> answer, String outcome) {
        assertThat(answer.body()).contains(outcome);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void anyInstanceAnswersForAllAndActsThroughTheOneThatHasTheId() throws Exception {
        List<FleetInstance> three = List.of(start(), start(), start());
        source.failing.add("stuck");
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            change("good-" + partition, partition);
        }
        change("stuck", 1);
        awaitFleet(three.get(0), 3);
        for (FleetInstance asked : three) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(instances(asked))
                            .anySatisfy(instance -> assertThat(instance.at("/status/longestStuck/id")
                                            .stringValue(""))
                                    .isEqualTo("stuck")));
        }
        FleetInstance owner =
                three.stream().filter(FleetIT::hasStuck).findFirst().orElseThrow();
        FleetInstance asked =
                three.stream().filter(each -> each != owner).findFirst().orElseThrow();
        System.out.println(asked.get("bills/fleet").toPrettyString());
        String ownersName = owner.get("bills/fleet").at("/from/instance").stringValue();
        HttpResponse<String> unknown = asked.post("bills/retry/nothing", "");
        assertThat(unknown.body())
                .contains("does not wait here")
                .contains("Nor can ")
                .contains(ownersName);
        assertThat(unknown.statusCode()).isEqualTo(404);

        source.failing.clear();
        assertExecuted(asked.post("bills/retry/stuck", ""), ownersName + ": stuck is tried now.");
        await().atMost(PATIENCE).until(() -> owner.projected().contains("stuck"));
        assertExecuted(asked.post("bills/forget/stuck", ""), ownersName + ": The next answer for stuck");
        JsonNode audit = owner.get("bills/audit").at("/0");
        assertThat(audit.at("/operation").stringValue()).isEqualTo("forget");
        assertThat(audit.at("/parameters/from").stringValue())
                .isEqualTo(asked.get("bills/fleet").at("/from/instance").stringValue());

        assertExecuted(
                asked.post("bills/pause/bad", "{\"until\": \"1h\"}"),
                "bad is not queried until then in all instances of the group.");
        for (FleetInstance each : three) {
            await().atMost(PATIENCE)
                    .until(() -> each.get("bills/fleet")
                            .at("/pausedIds/bad/by")
                            .stringValue("")
                            .equals("unknown"));
        }
        int queries = source.queries.get();
        change("bad", 0);
        change("bad", 2);
        await().atMost(PATIENCE).until(() -> Broker.lag(topic, topic) == 0);
        assertThat(source.queries.get()).isEqualTo(queries);
        assertThat(owner.post("bills/trigger/bad", "").body()).contains("was paused by unknown until");
        assertExecuted(owner.post("bills/resume/bad", ""), "bad is queried again in all instances of the group.");
        await().atMost(PATIENCE)
                .until(() -> three.stream().anyMatch(each -> each.projected().contains("bad")));

        owner.close();
        await().atMost(Duration.ofSeconds(4)).until(() -> instances(asked).size() == 2);
    }

    private static boolean hasStuck(FleetInstance instance) {
        try {
            return instance.get("bills").at("/stuck").size() == 1;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aPauseSurvivesKill9AndARebalanceAndIsResumedFromAnyInstance(@TempDir Path logs) throws Exception {
        FleetInstance first = start();
        var killed = new MemberProcess(FleetApplication.class, settings(), logs.resolve("killed.log"));
        running.add(killed);
        awaitFleet(first, 2);
        assertExecuted(
                first.post("bills/pause", "{\"reason\": \"the table is locked\", \"until\": \"2h\"}"),
                "Reading pauses in all instances of the group.");
        killed.kill();
        var restarted = new MemberProcess(FleetApplication.class, settings(), logs.resolve("restarted.log"));
        running.add(restarted);
        FleetInstance third = start();
        awaitFleet(third, 3);
        for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
            change("p-" + partition, partition);
        }
        FleetInstance last = start(); // another rebalance, with triggers to read
        awaitFleet(last, 4);
        JsonNode fleet = last.get("bills/fleet");
        assertThat(fleet.at("/pause/reason").stringValue()).isEqualTo("the table is locked");
        assertThat(fleet.at("/pause/by").stringValue()).isEqualTo("unknown");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(alive(last))
                        .hasSize(4)
                        .allSatisfy(one -> assertThat(one.at("/status/paused").booleanValue())
                                .isTrue()));
        assertThat(source.queries.get()).isZero();

        assertExecuted(last.post("bills/resume", ""), "Reading resumes in all instances of the group.");
        await().atMost(PATIENCE).until(() -> source.queries.get() == Broker.PARTITIONS);
        await().atMost(PATIENCE).until(() -> Broker.lag(topic, topic) == 0);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theTopicIsCreatedCompactedAndAfterADeletionAgainWithItsPauses(CapturedOutput output) throws Exception {
        FleetInstance first = start();
        FleetInstance second = start();
        awaitFleet(first, 2);
        String control = topic + "-triggerquery-control";
        first.post("bills/pause", "");
        try (Admin admin = Broker.admin()) {
            Map<String, String> config = configOf(admin, control);
            assertThat(config)
                    .containsEntry("cleanup.policy", "compact")
                    .containsEntry("message.timestamp.type", "LogAppendTime");
            admin.deleteTopics(List.of(control)).all().get();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(configOf(admin, control)).isEqualTo(config));
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Broker.readAll(control))
                        .anySatisfy(message -> assertThat(new String(message.key(), StandardCharsets.UTF_8))
                                .isEqualTo("pause:bills")));
        awaitFleet(second, 2);
        assertThat(start().get("bills/fleet").at("/pause/by").stringValue()).isEqualTo("unknown");
        assertExecuted(second.post("bills/resume", ""), "in all instances");
        await().atMost(PATIENCE)
                .until(() -> first.get("bills/fleet").at("/pause").isNull());
        assertThat(output.toString().lines().filter(line -> line.contains(control)))
                .as("lines about the deleted topic")
                .hasSizeLessThan(2_000);
    }

    private static Map<String, String> configOf(Admin admin, String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> config = new HashMap<>();
        admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .entries()
                .forEach(entry -> config.put(entry.name(), entry.value()));
        return config;
    }

    @Test
    void switchedOffEachInstanceIsForItself() throws Exception {
        Map<String, String> off = new HashMap<>(settings());
        off.put("triggerquery.control.enabled", "false");
        try (var alone = FleetInstance.start(off)) {
            assertThat(alone.get("bills/fleet").at("/from/alone").stringValue())
                    .isEqualTo("triggerquery.control.enabled is false");
            assertExecuted(
                    alone.post("bills/pause", ""),
                    "Reading pauses in this instance. Triggers that were read are completed. It is not certain that it"
                            + " does in others, nor after a restart: triggerquery.control.enabled is false.");
            try (Admin admin = Broker.admin()) {
                assertThat(admin.listTopics().names().get()).doesNotContain(topic + "-triggerquery-control");
            }
        }
    }
}
