package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.it.Broker;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TopicCheckIT {

    private final String topic = "things-" + UUID.randomUUID();
    private final Set<String> awaited = new HashSet<>();
    private final TopicCheck check = check(Broker.address());

    private TopicCheck check(String address) {
        return check(new Cluster(Map.of("bootstrap.servers", address)));
    }

    private TopicCheck check(Cluster cluster) {
        return check(cluster, MissingTopics.FAIL);
    }

    private TopicCheck check(Cluster cluster, MissingTopics missingTopics) {
        var retryTopic = new ManagedTopic.Retry(topic + "-retry", List.of(topic));
        return new TopicCheck(
                "listener",
                retryTopic,
                missingTopics,
                cluster,
                new OrphanedRetryTopics(retryTopic, "g", Set.of(topic)),
                awaited);
    }

    private static DeclaredTopics nothingDeclared(Runnable creation) {
        return new DeclaredTopics(Set.of(), creation);
    }

    @Test
    void findsTopic() throws Exception {
        Broker.create(topic);
        check.run(nothingDeclared(() -> {
            throw new AssertionError("nothing is missing");
        }));
        assertThat(awaited).isEmpty();
    }

    @Test
    void createsCompactedRetryTopicLikeTriggerTopic() throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic + "-retry");
        try (var admin = Admin.create(Map.of("bootstrap.servers", Broker.address()))) {
            admin.createTopics(List.of(new NewTopic(topic, 5, (short) 1))).all().get();
            check.run(nothingDeclared(() -> {}));
            check.run(nothingDeclared(() -> {}));
            // brokers learn of a new topic shortly after the controller
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(admin.describeTopics(List.of(topic + "-retry"))
                                    .allTopicNames()
                                    .get()
                                    .get(topic + "-retry")
                                    .partitions())
                            .hasSize(5));
            assertThat(admin.describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .get(resource)
                            .get("cleanup.policy")
                            .value())
                    .isEqualTo("compact");
        }
    }

    @Test
    void topicThatDeletesWhatMustBeKeptIsReported(CapturedOutput output) throws Exception {
        List<ManagedTopic> topics = List.of(
                new ManagedTopic.Retry(topic + "-retry", List.of(topic)),
                ManagedTopic.Control.of(topic),
                ManagedTopic.Handled.of(topic),
                ManagedTopic.DeadLetter.of(topic));
        for (ManagedTopic each : topics) {
            Broker.create(each.name());
        }
        var compacted = ManagedTopic.Control.of("compacted-" + topic);
        try (var admin = Admin.create(Map.of("bootstrap.servers", Broker.address()));
                var cluster = new Cluster(Map.of("bootstrap.servers", Broker.address()))) {
            admin.createTopics(List.of(compacted.asNew())).all().get();
            assertThat(cluster.ownTopics().ensure(compacted)).isTrue();
            for (ManagedTopic each : topics) {
                assertThat(cluster.ownTopics().ensure(each)).isTrue();
            }
            await().untilAsserted(
                            () -> assertThat(output.toString().lines().filter(line -> line.contains("deletes records")))
                                    .hasSize(3)
                                    .anyMatch(line -> line.contains("deferred triggers that were waiting are lost"))
                                    .anyMatch(line -> line.contains("do not know of earlier pauses"))
                                    .anyMatch(line -> line.contains("count as open again")));
        }
    }

    @Test
    void createsDeclaredTopicIfBrokerWasUnavailableBefore() {
        check.run(nothingDeclared(() -> {
            try {
                Broker.create(topic);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }));
    }

    @Test
    void failsIfTopicIsStillMissing() {
        assertThatThrownBy(() -> check.run(nothingDeclared(() -> {})))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining(topic);
    }

    @Test
    void waitsForDeclaredTopicThatBrokerHasNotCreatedYet() {
        assertThatCode(() -> check.run(new DeclaredTopics(Set.of(topic), () -> {})))
                .doesNotThrowAnyException();
    }

    @Test
    void waitsForTopicIfConfigured(CapturedOutput output) throws Exception {
        try (var cluster = new Cluster(Map.of("bootstrap.servers", Broker.address()))) {
            check(cluster, MissingTopics.WAIT).run(nothingDeclared(() -> {}));
            assertThat(output)
                    .contains("listener: The topic " + topic + " does not exist yet; its triggers are read once");
            assertThat(cluster.admin().listTopics().names().get()).doesNotContain(topic, topic + "-retry");
            assertThat(awaited).containsExactly(topic);
        }
    }

    @Test
    void createsTopicIfConfigured(CapturedOutput output) throws Exception {
        try (var cluster = new Cluster(Map.of("bootstrap.servers", Broker.address()))) {
            check(cluster, MissingTopics.CREATE).run(nothingDeclared(() -> {}));
            assertThat(output).contains("listener: The topic " + topic + " did not exist and was created");
            // not every broker thread knows a new topic at once
            await().untilAsserted(() ->
                    assertThat(cluster.admin().listTopics().names().get()).contains(topic, topic + "-retry"));
            assertThat(awaited).containsExactly(topic);
        }
    }

    @Test
    void topicThatCannotBeCreatedFailsStart() throws Exception {
        try (var cluster = new Cluster(Map.of("bootstrap.servers", Broker.address()))) {
            // for the broker's meters the two names are one
            Broker.create(topic + ".a");
            var retryTopic = new ManagedTopic.Retry("r", List.of(topic + "_a"));
            var orphaned = new OrphanedRetryTopics(retryTopic, "g", Set.of());
            var refused = new TopicCheck("listener", retryTopic, MissingTopics.CREATE, cluster, orphaned, awaited);
            assertThatThrownBy(() -> refused.run(nothingDeclared(() -> {})))
                    .isInstanceOf(FailureAnalyzedException.class)
                    .hasMessageContaining(
                            "does not exist and cannot be created: org.apache.kafka.common.errors.InvalidTopic");
        }
    }

    /** Otherwise each of many listeners would wait for seconds. */
    @Test
    void unavailableBrokerIsCheckedAndLoggedOnce(CapturedOutput output) {
        try (var away = new Cluster(Map.of("bootstrap.servers", "127.0.0.1:9"))) {
            for (int i = 0; i < 50; i++) {
                check(away).runAtStart(nothingDeclared(() -> {}));
            }
        }
        assertThat(Pattern.compile("Cannot check that the topics")
                        .matcher(output)
                        .results())
                .hasSize(1);
        assertThat(output).contains("nor those of other listeners");
    }

    @Test
    void skipsCheckIfBrokerNameIsUnknown() {
        TopicCheck away = check("no-such-host.invalid:9092");
        assertThatCode(() -> away.run(nothingDeclared(() -> {}))).doesNotThrowAnyException();
    }
}
