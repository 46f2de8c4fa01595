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
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Instances of a group with a real broker, each of which answers and acts for all. */
class FleetIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Enough for each of four instances. */
    private static final int PARTITIONS = 6;

    /** Three instances shared by all tests; each test restores their state. */
    private static final List<FleetInstance> THREE = new ArrayList<>();

    private static SourceServer source;
    private static String topic;
    private static String control;

    private final List<AutoCloseable> running = new ArrayList<>();

    @BeforeAll
    static void startThree() throws Exception {
        source = new SourceServer();
        topic = "fleet-" + UUID.randomUUID().toString().substring(0, 8);
        control = topic + "-triggerquery-control";
        Broker.create(topic, PARTITIONS);
        for (int i = 0; i < 3; i++) {
            THREE.add(FleetInstance.start(settings()));
        }
    }

    @AfterAll
    static void closeAll() {
        THREE.forEach(FleetInstance::close);
        THREE.clear();
        source.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    private static Map<String, String> settings() {
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
            assertThat(partitions(asked)).isEqualTo(2 * PARTITIONS);
        });
    }

    private static void change(String id, int partition) throws Exception {
        source.versions.put(id, 1L);
        Broker.send(topic, partition, id.getBytes(StandardCharsets.UTF_8));
    }

    private static String nameOf(FleetInstance instance) throws Exception {
        return instance.get("bills/fleet").at("/from/instance").stringValue();
    }

    private static FleetInstance ownerOf(String id) {
        return THREE.stream().filter(each -> hasStuck(each, id)).findFirst().orElseThrow();
    }

    private static boolean hasStuck(FleetInstance instance, String id) {
        try {
            return instance.get("bills").at("/stuck/0/id").stringValue("").equals(id);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void assertExecuted(HttpResponse<String> answer, String outcome) {
        assertThat(answer.body()).contains(outcome);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static void assertThatTheFiguresOfAllAreKnown() {
        for (FleetInstance asked : THREE) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(alive(asked))
                            .hasSize(3)
                            .extracting(instance -> instance.at("/status"))
                            .allMatch(status -> !status.at("/staleness").isEmpty())
                            .allMatch(status -> status.at("/workLeft").doubleValue(-1) == 0));
        }
    }

    @Test
    void anyInstanceAnswersForAllAndActsThroughOwnerOfId() throws Exception {
        source.failing.add("stuck");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            change("good-" + partition, partition);
        }
        change("stuck", 1);
        awaitFleet(THREE.get(0), 3);
        for (FleetInstance asked : THREE) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(instances(asked))
                            .anySatisfy(instance -> assertThat(instance.at("/status/longestStuck/id")
                                            .stringValue(""))
                                    .isEqualTo("stuck")));
        }
        assertThatTheFiguresOfAllAreKnown();
        FleetInstance owner = ownerOf("stuck");
        FleetInstance asked =
                THREE.stream().filter(each -> each != owner).findFirst().orElseThrow();
        System.out.println(asked.get("bills/fleet").toPrettyString());
        assertTheStoryIsComplete(asked, owner);
        HttpResponse<String> unknown = asked.post("bills/retry/nothing", "");
        assertThat(unknown.body())
                .contains("does not wait here")
                .contains("Nor can ")
                .contains(nameOf(owner));
        assertThat(unknown.statusCode()).isEqualTo(404);

        source.failing.clear();
        assertExecuted(asked.post("bills/retry/stuck", ""), nameOf(owner) + ": stuck is tried now.");
        await().atMost(PATIENCE).until(() -> owner.projected().contains("stuck"));
        await().atMost(PATIENCE)
                .until(() ->
                        asked.get("bills/ids/stuck").at("/state").stringValue().equals("applied"));
        assertThat(asked.get("bills/ids/stuck").at("/instance").stringValue()).isEqualTo(nameOf(owner));
        assertThatCommandsThatAreSentTwiceAreExecutedOnce(asked, owner);
        assertThatAnIdIsPausedAndResumed(owner);
    }

    private static void assertTheStoryIsComplete(FleetInstance asked, FleetInstance owner) throws Exception {
        JsonNode story = asked.get("bills/ids/stuck");
        System.out.println(story.toPrettyString());
        assertThat(story.at("/instance").stringValue()).isEqualTo(nameOf(owner));
        assertThat(story.at("/state").stringValue()).isEqualTo("waiting");
        assertThat(story.at("/rounds/0/error").stringValue()).contains("[500");
        JsonNode all = asked.get("bills/ids");
        assertThat(all.at("/ids/0/id").stringValue()).isEqualTo("stuck");
        assertThat(all.at("/ids/0/instance").stringValue()).isEqualTo(nameOf(owner));
        assertThat(all.at("/missing").isMissingNode()).as("all have answered").isTrue();
        JsonNode nowhere = asked.get("bills/ids/nothing");
        assertThat(nowhere.at("/state").stringValue()).isEqualTo("unknown");
        assertThat(nowhere.at("/missing").isMissingNode())
                .as("all have answered")
                .isTrue();
    }

    /** Sends the record of the retry again, as another program may, before a new command. */
    private static void assertThatCommandsThatAreSentTwiceAreExecutedOnce(FleetInstance asked, FleetInstance owner)
            throws Exception {
        for (ConsumerRecord<byte[], byte[]> message : Broker.readAll(control)) {
            if (message.value() != null && new String(message.value(), StandardCharsets.UTF_8).contains("\"retry\"")) {
                Broker.send(control, 0, message.key(), message.value());
            }
        }
        assertExecuted(asked.post("bills/forget/stuck", ""), nameOf(owner) + ": The next answer for stuck");
        String from = nameOf(asked);
        JsonNode audit = owner.get("bills/audit");
        assertThat(audit.at("/0/operation").stringValue()).isEqualTo("forget");
        assertThat(audit.at("/0/parameters/from").stringValue()).isEqualTo(from);
        assertThat(audit.at("/1/operation").stringValue()).isEqualTo("retry");
        assertThat(StreamSupport.stream(audit.spliterator(), false)
                        .filter(entry -> entry.at("/operation").stringValue().equals("retry")
                                && entry.at("/parameters/from").stringValue("").equals(from)))
                .hasSize(1);
    }

    private static void assertThatAnIdIsPausedAndResumed(FleetInstance owner) throws Exception {
        assertExecuted(
                owner.post("bills/pause/bad", "{\"until\": \"1h\"}"),
                "bad is not queried until then in all instances of the group.");
        for (FleetInstance each : THREE) {
            await().atMost(PATIENCE)
                    .until(() -> each.get("bills/fleet")
                            .at("/pausedIds/bad/by")
                            .stringValue("")
                            .equals("unknown"));
        }
        int queries = source.queries.get();
        change("bad", 0);
        change("bad", 5);
        await().atMost(PATIENCE).until(() -> Broker.lag(topic, topic) == 0);
        assertThat(source.queries.get()).isEqualTo(queries);
        assertThat(owner.post("bills/trigger/bad", "").body()).contains("was paused by unknown until");
        assertExecuted(owner.post("bills/resume/bad", ""), "bad is queried again in all instances of the group.");
        await().atMost(PATIENCE)
                .until(() -> THREE.stream().anyMatch(each -> each.projected().contains("bad")));
    }

    @Test
    void pauseSurvivesKillAndRebalanceAndAnyInstanceResumes(@TempDir Path logs) throws Exception {
        FleetInstance asked = THREE.get(0);
        var owner = new MemberProcess(FleetApplication.class, settings(), logs.resolve("killed.log"));
        running.add(owner);
        awaitFleet(asked, 4);
        List<String> inThisJvm = new ArrayList<>();
        for (FleetInstance each : THREE) {
            inThisJvm.add(nameOf(each));
        }
        JsonNode process = alive(asked).stream()
                .filter(one -> !inThisJvm.contains(one.at("/instance").stringValue()))
                .findFirst()
                .orElseThrow();
        assertDeadOwnerIsReportedAndNothingRunsTwice(asked, owner, process);

        var restarted = new MemberProcess(FleetApplication.class, settings(), logs.resolve("restarted.log"));
        running.add(restarted);
        source.queries.set(0);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            change("p-" + partition, partition);
        }
        awaitFleet(THREE.get(1), 4); // another rebalance, with triggers to read
        JsonNode fleet = THREE.get(1).get("bills/fleet");
        assertThat(fleet.at("/pause/reason").stringValue()).isEqualTo("the table is locked");
        assertThat(fleet.at("/pause/by").stringValue()).isEqualTo("unknown");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(alive(THREE.get(1)))
                        .hasSize(4)
                        .allSatisfy(one -> assertThat(one.at("/status/paused").booleanValue())
                                .isTrue()));
        assertThat(source.queries.get()).isZero();

        assertExecuted(THREE.get(2).post("bills/resume", ""), "Reading resumes in all instances of the group.");
        await().atMost(PATIENCE).until(() -> Broker.lag(topic, topic) == 0);
        assertThat(source.queries.get()).as("each id once, also its").isEqualTo(PARTITIONS + 1);
        restarted.terminate();
    }

    /** The owner hangs after the command was sent and before it takes effect, and is then killed. */
    private static void assertDeadOwnerIsReportedAndNothingRunsTwice(
            FleetInstance asked, MemberProcess owner, JsonNode process) throws Exception {
        String name = process.at("/instance").stringValue();
        int number = await().atMost(PATIENCE) // its first status may be from before its assignment
                .until(() -> partitionOf(name, asked), OptionalInt::isPresent)
                .orElseThrow();
        source.failing.add("its");
        change("its", number);
        await().atMost(PATIENCE)
                .until(() -> asked.get("bills/ids/its")
                                .at("/instance")
                                .stringValue()
                                .equals(name)
                        && asked.get("bills/ids/its").at("/state").stringValue().equals("waiting"));
        assertExecuted(
                asked.post("bills/pause", "{\"reason\": \"the table is locked\", \"until\": \"2h\"}"),
                "Reading pauses in all instances of the group.");
        source.failing.clear();
        owner.pause();
        long begin = System.nanoTime();
        HttpResponse<String> silent = asked.post("bills/retry/its", "");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        assertThat(silent.body())
                .contains("No answer within 5 s from " + name + ", which may or may not have executed it.");
        assertThat(silent.statusCode()).isEqualTo(409);
        owner.kill();
    }

    /** Returns a partition that an instance has, as reported by another one. */
    private static OptionalInt partitionOf(String instance, FleetInstance asked) throws Exception {
        return alive(asked).stream()
                .filter(one -> one.at("/instance").stringValue().equals(instance))
                .flatMap(
                        one -> StreamSupport.stream(one.at("/status/partitions").spliterator(), false))
                .map(partition -> partition.at("/partition").stringValue())
                .filter(partition -> partition.matches(topic + "-[0-9]"))
                .mapToInt(partition -> Integer.parseInt(partition.substring(topic.length() + 1)))
                .findFirst();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void controlTopicIsCompactedAndRecreatedWithPauses(CapturedOutput output) throws Exception {
        FleetInstance first = THREE.get(0);
        FleetInstance second = THREE.get(1);
        awaitFleet(first, 3);
        first.post("bills/pause", "");
        try (Admin admin = Broker.admin()) {
            Map<String, String> config = configOf(admin, control);
            assertThat(config)
                    .containsEntry("cleanup.policy", "compact")
                    .containsEntry("message.timestamp.type", "LogAppendTime");
            admin.deleteTopics(List.of(control)).all().get();
            await().atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(configOf(admin, control)).isEqualTo(config));
        }
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(Broker.readAll(control))
                        .anySatisfy(message -> assertThat(new String(message.key(), StandardCharsets.UTF_8))
                                .isEqualTo("pause:bills")));
        awaitFleet(second, 3);
        FleetInstance late = start();
        assertThat(late.get("bills/fleet").at("/pause/by").stringValue()).isEqualTo("unknown");
        await().atMost(PATIENCE).until(() -> alive(second).size() == 4);
        late.close();
        await().atMost(Duration.ofSeconds(4)).until(() -> alive(second).size() == 3);
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
    void disabledControlTopicIsolatesInstances() throws Exception {
        Map<String, String> off = new HashMap<>(settings());
        off.put("spring.kafka.consumer.group-id", topic + "-off");
        off.put("triggerquery.control.enabled", "false");
        try (var alone = FleetInstance.start(off)) {
            assertThat(alone.get("bills/fleet").at("/from/alone").stringValue())
                    .isEqualTo("triggerquery.control.enabled is false");
            assertExecuted(
                    alone.post("bills/pause", ""),
                    "Reading pauses in this instance. Triggers that were read are completed. Other instances,"
                            + " and this one after a restart, may not do so: triggerquery.control.enabled is false.");
            try (Admin admin = Broker.admin()) {
                assertThat(admin.listTopics().names().get()).doesNotContain(topic + "-off-triggerquery-control");
            }
        }
    }
}
