package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.core.ConditionTimeoutException;

/** A topic and the member processes of one consumer group that reads it. Closing it ends the processes. */
final class MemberGroup implements AutoCloseable {

    static final int PARTITIONS = 12;

    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** Logged by Kafka's client for each assignment. */
    private static final String ASSIGNED = "Adding newly assigned partitions";

    private final RebalanceMode mode;
    private final String topic;
    private final Path logs;
    private final Map<String, String> settings;
    private final Map<String, MemberProcess> members = new HashMap<>();
    private final Admin admin = Broker.admin();

    /**
     * Creates the topic.
     *
     * @param name the prefix of its name
     * @param settings the settings of all members
     */
    MemberGroup(RebalanceMode mode, String name, Map<String, String> settings) throws Exception {
        this.mode = mode;
        this.topic = name + "-" + mode.name().toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID();
        this.logs = Files.createDirectories(Path.of("target", "cluster", topic));
        this.settings = new HashMap<>(settings);
        this.settings.putAll(mode.settings());
        this.settings.putAll(Map.of(
                "spring.main.banner-mode",
                "off",
                "spring.kafka.bootstrap-servers",
                Broker.address(),
                "spring.kafka.consumer.group-id",
                topic,
                "member.topic",
                topic));
        Broker.create(topic, PARTITIONS);
        limitSession();
    }

    /** Settings of the consumer protocol. */
    private void limitSession() throws ExecutionException, InterruptedException {
        var limits = List.of(
                set("consumer.session.timeout.ms", RebalanceMode.SESSION_MILLIS),
                set("consumer.heartbeat.interval.ms", RebalanceMode.HEARTBEAT_MILLIS));
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, topic), limits))
                .all()
                .get();
    }

    private static AlterConfigOp set(String name, int value) {
        return new AlterConfigOp(new ConfigEntry(name, value + ""), AlterConfigOp.OpType.SET);
    }

    String topic() {
        return topic;
    }

    MemberProcess member(String name) {
        return members.get(name);
    }

    /** Starts or restarts a member. */
    MemberProcess start(String name) {
        return start(name, Map.of());
    }

    /** Starts a member with its own settings. */
    MemberProcess start(String name, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        all.put("spring.kafka.client-id", name);
        var member = new MemberProcess(ClusterMember.class, all, logs.resolve(name + ".log"));
        members.put(name, member);
        return member;
    }

    /** Waits until exactly these members share the topic, in the requested mode. */
    void awaitMembers(String... names) {
        await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(ExecutionException.class) // the group may not be known yet
                .untilAsserted(() -> {
                    ConsumerGroupDescription group = describe();
                    assertThat(group.groupState()).isEqualTo(GroupState.STABLE);
                    assertThat(group.type()).isEqualTo(mode.groupType);
                    assertThat(group.partitionAssignor()).isEqualTo(mode.assignor);
                    Map<String, Set<TopicPartition>> shares = shares(group);
                    assertThat(shares).containsOnlyKeys(names);
                    assertThat(shares.values()).noneMatch(Set::isEmpty);
                    assertThat(shares.values().stream().mapToInt(Set::size).sum())
                            .isEqualTo(PARTITIONS);
                });
    }

    /** Returns how many partitions of the topic a member has. */
    int partitionsOf(String member) throws ExecutionException, InterruptedException {
        return shares(describe()).get(member).size();
    }

    private ConsumerGroupDescription describe() throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(topic)).all().get().get(topic);
    }

    private Map<String, Set<TopicPartition>> shares(ConsumerGroupDescription group) {
        return group.members().stream().collect(Collectors.toMap(MemberGroup::name, this::share));
    }

    /** The container appends the number of its thread. */
    private static String name(MemberDescription member) {
        return member.clientId().replaceFirst("-\\d+$", "");
    }

    private Set<TopicPartition> share(MemberDescription member) {
        return member.assignment().topicPartitions().stream()
                .filter(partition -> partition.topic().equals(topic))
                .collect(Collectors.toSet());
    }

    /** Waits for the members to commit everything that was sent. Returns the number of uncommitted triggers. */
    long commitAll() throws ExecutionException, InterruptedException {
        try {
            await().atMost(LIMIT).until(() -> uncommitted() == 0);
        } catch (ConditionTimeoutException stuck) {
            // the caller sees the number
        }
        return uncommitted();
    }

    /** Returns how many triggers lie above the committed offsets. */
    long uncommitted() throws ExecutionException, InterruptedException {
        return Broker.lag(topic, topic);
    }

    /** Returns how often any member was assigned partitions. */
    long rebalances() throws IOException {
        try (var files = Files.list(logs)) {
            return files.mapToLong(MemberGroup::assignmentsIn).sum();
        }
    }

    private static long assignmentsIn(Path log) {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(ASSIGNED)).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        members.values().forEach(MemberProcess::close);
        admin.close();
    }
}
