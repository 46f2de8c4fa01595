package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.internal.actuate.TriggerQueryHealthIndicator;
import io.triggerquery.consumer.internal.control.Fleet;
import io.triggerquery.consumer.internal.control.PauseRequest;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** An application without rights to its retry topic or control topic works without them, and logs what to do. */
@ExtendWith(OutputCaptureExtension.class)
class RetryTopicRightsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final EmbeddedKafkaKraftBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);

    private static final LetterRequest NOT_A_TRIGGER =
            new LetterRequest(null, "not-a-trigger", null, null, null, null, null, null);

    private final SourceServer source = new SourceServer();
    private final Things things = new Things();

    @AfterEach
    void closeSource() {
        source.close();
    }

    @BeforeAll
    static void startBroker() {
        KAFKA.brokerProperty("auto.create.topics.enable", "false");
        KAFKA.brokerProperty("group.initial.rebalance.delay.ms", "0");
        KAFKA.brokerProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        KAFKA.brokerProperty("allow.everyone.if.no.acl.found", "true");
        KAFKA.afterPropertiesSet();
    }

    @AfterAll
    static void stopBroker() {
        KAFKA.destroy();
    }

    private Map<String, String> settings(String topic) {
        return Map.of(
                "things.topic",
                topic,
                "spring.kafka.bootstrap-servers",
                KAFKA.getBrokersAsString(),
                "spring.kafka.consumer.group-id",
                "g",
                "triggerquery.defaults.defer-after",
                "500ms",
                "triggerquery.sources.things.url",
                source.url());
    }

    private static AclBinding rule(
            AclPermissionType permission, AclOperation operation, ResourceType type, String name) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", operation, permission));
    }

    private void change(String topic, String id) {
        source.versions.put(id, 1L);
        Broker.triggerAt(KAFKA.getBrokersAsString(), topic, id);
    }

    private ConfigurableApplicationContext start(
            Admin admin, String topic, List<AclBinding> rules, CapturedOutput output) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        admin.createAcls(rules).all().get();
        source.failing.add("bad");
        change(topic, "bad");
        change(topic, "good");
        var application = ThingsApplication.start(things, settings(topic));
        assertThat(output)
                .contains("The topic " + topic + "-g-retry cannot be created (")
                .contains("Create it, with cleanup.policy=compact and as many partitions as " + topic);
        return application;
    }

    @Test
    void g1_failingIdHoldsItsOffsetUntilRetryTopicExists(CapturedOutput output) throws Exception {
        String topic = "no-creation";
        String retryTopic = topic + "-g-retry";
        var onCluster = rule(AclPermissionType.DENY, AclOperation.CREATE, ResourceType.CLUSTER, Resource.CLUSTER_NAME);
        List<AclBinding> rules = List.of(
                rule(AclPermissionType.ALLOW, AclOperation.ALL, ResourceType.CLUSTER, Resource.CLUSTER_NAME),
                rule(AclPermissionType.ALLOW, AclOperation.ALL, ResourceType.TOPIC, retryTopic),
                onCluster,
                rule(AclPermissionType.DENY, AclOperation.CREATE, ResourceType.TOPIC, retryTopic));
        try (var admin = Admin.create(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()));
                var application = start(admin, topic, rules, output)) {
            await().atMost(PATIENCE).until(() -> things.versions.containsKey("good") && source.queries.get() > 6);
            assertThat(committed(admin, topic)).isZero();

            admin.deleteAcls(rules.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
            await().atMost(PATIENCE).until(() -> committed(admin, topic) == 2);
            source.failing.clear();
            await().atMost(PATIENCE).until(() -> things.versions.containsKey("bad"));
            assertThat(application.isRunning()).isTrue();
        }
    }

    @Test
    void missingDescribeRightFailsStartWithReason() throws Exception {
        String topic = "no-describing";
        var rule = rule(AclPermissionType.DENY, AclOperation.ALL, ResourceType.TOPIC, topic + "-g-retry");
        try (var admin = Admin.create(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            admin.createAcls(List.of(rule)).all().get();

            assertThatThrownBy(() -> ThingsApplication.start(things, settings(topic)))
                    .rootCause()
                    .isInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> ThingsApplication.start(things, settings(topic)))
                    .hasStackTraceContaining("may not describe its retry topic 'no-describing-g-retry'");
        }
    }

    private static long committed(Admin admin, String topic) throws Exception {
        return admin.listConsumerGroupOffsets("g").partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void missingGroupReadRightIsRetriedAndShownByHealth(String protocol, CapturedOutput output) throws Exception {
        String topic = "no-group-" + protocol;
        var rule = rule(AclPermissionType.DENY, AclOperation.READ, ResourceType.GROUP, topic);
        Map<String, String> settings = new HashMap<>(settings(topic));
        settings.put("spring.kafka.consumer.group-id", topic);
        settings.put("spring.kafka.consumer.properties.group.protocol", protocol);
        settings.put("triggerquery.health.stuck-after", "3s");
        try (var admin = Admin.create(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            admin.createAcls(List.of(rule)).all().get();
            change(topic, "good");
            try (var application = ThingsApplication.start(things, settings)) {
                var health = application.getBean(TriggerQueryHealthIndicator.class);
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(health.health().getDetails().toString())
                                        .contains("Kafka refuses this client: AUTHORIZATION has failed"));
                admin.deleteAcls(List.of(rule.toFilter())).all().get();
                await().atMost(PATIENCE).until(() -> things.versions.containsKey("good"));
            }
        }
        assertThat(Pattern.compile("Kafka refuses this client")
                        .matcher(output)
                        .results()
                        .count())
                .isLessThan(8);
    }

    private static final String LETTERS = "-triggerquery-letters";
    private static final List<AclOperation> RIGHTS =
            List.of(AclOperation.CREATE, AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);

    /** All at the same time, because each retries only after 15 s. */
    @Test
    void missingControlTopicRightWarnsOnceAndIsolatesInstances(CapturedOutput output) throws Exception {
        List<AclBinding> rules =
                RIGHTS.stream().flatMap(right -> withoutControl(right).stream()).toList();
        List<ConfigurableApplicationContext> applications = new ArrayList<>();
        try (var admin = Admin.create(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()))) {
            admin.createTopics(RIGHTS.stream()
                            .map(right -> new NewTopic(topic(right), 1, (short) 1))
                            .toList())
                    .all()
                    .get();
            admin.createAcls(rules).all().get();
            for (AclOperation right : RIGHTS) {
                applications.add(startWithoutControl(right, output));
            }
            admin.deleteAcls(rules.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
            for (ConfigurableApplicationContext application : applications) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(alone(application)).isNull());
                LetterOperations letters = listener(application).letters();
                await().atMost(PATIENCE).ignoreExceptions().until(() -> isDiscarded(letters));
            }
        } finally {
            applications.forEach(ConfigurableApplicationContext::close);
        }
    }

    private static String topic(AclOperation right) {
        return "no-control-" + right.name().toLowerCase(Locale.ROOT);
    }

    private static List<AclBinding> withoutControl(AclOperation right) {
        List<AclBinding> rules = new ArrayList<>();
        for (String suffix : List.of("-triggerquery-control", LETTERS)) {
            rules.add(rule(AclPermissionType.DENY, right, ResourceType.TOPIC, topic(right) + suffix));
            rules.add(rule(AclPermissionType.ALLOW, AclOperation.ALL, ResourceType.TOPIC, topic(right) + suffix));
        }
        if (right == AclOperation.CREATE) {
            rules.add(rule(AclPermissionType.ALLOW, AclOperation.ALL, ResourceType.CLUSTER, Resource.CLUSTER_NAME));
            rules.add(rule(AclPermissionType.DENY, right, ResourceType.CLUSTER, Resource.CLUSTER_NAME));
        }
        return rules;
    }

    private static ListenerOperations listener(ConfigurableApplicationContext application) {
        return application.getBean(TriggerListeners.class).operations().get(0);
    }

    private static String alone(ConfigurableApplicationContext application) {
        ListenerOperations listener = listener(application);
        return listener.fleet().report(listener.id()).from().alone();
    }

    /** Starts an application that lacks a right, and checks that it works alone and logs why. */
    private ConfigurableApplicationContext startWithoutControl(AclOperation right, CapturedOutput output)
            throws Exception {
        String topic = topic(right);
        String control = topic + "-triggerquery-control";
        Map<String, String> settings = new HashMap<>(settings(topic));
        settings.put("spring.kafka.consumer.group-id", topic);
        change(topic, topic);
        var application = ThingsApplication.start(things, settings);
        await().atMost(PATIENCE).until(() -> things.versions.containsKey(topic));
        await().atMost(PATIENCE).until(() -> alone(application) != null);
        Fleet fleet = listener(application).fleet();
        assertThat(fleet.pause(topic, null, new PauseRequest("ann", null, null, null)))
                .contains("the control topic " + control);
        await().atMost(PATIENCE)
                .until(() -> application
                        .getBean(KafkaListenerEndpointRegistry.class)
                        .getListenerContainer(topic)
                        .isContainerPaused());
        assertThat(fleet.resume(topic, null)).isNotNull();
        change(topic, topic + "-next");
        await().atMost(PATIENCE).until(() -> things.versions.containsKey(topic + "-next"));
        assertThat(output.toString()
                        .lines()
                        .filter(line -> line.contains("topic " + control)
                                && line.contains("or set triggerquery.control.enabled to false")))
                .singleElement()
                .asString()
                .contains("grant this service the rights");
        assertNoLetterIsDiscarded(listener(application).letters(), topic, right);
        return application;
    }

    /** Discards the letter, unless it was discarded before. */
    private static boolean isDiscarded(LetterOperations letters) {
        return letters.list(LetterRequest.all(null)).letters().isEmpty()
                || letters.discard(NOT_A_TRIGGER).letters() == 1;
    }

    /**
     * An operation that cannot be recorded is refused with the reason; letters can be listed if the topic is readable.
     */
    private static void assertNoLetterIsDiscarded(LetterOperations letters, String topic, AclOperation right) {
        Broker.triggerAt(KAFKA.getBrokersAsString(), topic, "<not an id>");
        if (right != AclOperation.READ) {
            await().atMost(PATIENCE)
                    .until(() -> letters.list(LetterRequest.all(null)).letters().size() == 1);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> letters.discard(NOT_A_TRIGGER))
                        .isInstanceOf(ListenerOperationException.class)
                        .hasMessageContaining(topic + LETTERS));
    }
}
