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

/** A topic and the member processes that share it in one consumer group. Closing it leaves no process behind. */
final class MemberGroup implements AutoCloseable {

    static final int PARTITIONS = 12;

    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** What Kafka's client logs whenever it is given partitions. */
    private static final String ASSIGNED = "Adding newly assigned partitions";

    private final RebalanceMode mode;
    private final String topic;
    private final Path logs;
    private final Map<String, String> settings;
    private final Map<String, MemberProcess> members = new HashMap<>();
    private final Admin admin = Broker.admin();

    MemberGroup(RebalanceMode mode, String purpose, SourceServer source, ClusterDatabase database) throws Exception {
        this.mode = mode;
        this.topic = purpose + "-" + mode.name().toLowerCase() + "-" + UUID.randomUUID();
        this.logs = Files.createDirectories(Path.of("target", "cluster", topic));
        this.settings = settings(source, database);
        Broker.create(topic, PARTITIONS);
        limitSession();
    }

    private Map<String, String> settings(SourceServer source, ClusterDatabase database) {
        Map<String, String> all = new HashMap<>();
        all.put("spring.main.banner-mode", "off");
        all.put("spring.kafka.bootstrap-servers", Broker.address());
        all.put("spring.kafka.consumer.group-id", topic);
        all.put("triggerquery.sources.things.url", source.url());
        all.put("member.topic", topic);
        all.put("member.database", database.url());
        mode.consumerProperties.forEach((key, value) -> all.put("spring.kafka.consumer.properties." + key, value));
        return all;
    }

    /** For the consumer protocol. */
    private void limitSession() throws ExecutionException, InterruptedException {
        var group = new ConfigResource(ConfigResource.Type.GROUP, topic);
        admin.incrementalAlterConfigs(Map.of(
                        group,
                        List.of(
                                set("consumer.session.timeout.ms", RebalanceMode.Times.SESSION),
                                set("consumer.heartbeat.interval.ms", RebalanceMode.Times.HEARTBEAT))))
                .all()
                .get();
    }

    private static AlterConfigOp set(String name, Duration value) {
        return new AlterConfigOp(new ConfigEntry(name, value.toMillis() + ""), AlterConfigOp.OpType.SET);
    }

    String topic() {
        return topic;
    }

    MemberProcess start(String name) {
        return start(name, Map.of());
    }

    /** Starts a member, or one that has ended again. */
    MemberProcess start(String name, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        all.put("spring.kafka.client-id", name);
        var member = new MemberProcess(all, logs.resolve(name + ".log"));
        members.put(name, member);
        return member;
    }

    MemberProcess member(String name) {
        return members.get(name);
    }

    /** Waits until exactly these members share the topic. */
    void awaitMembers(String... names) {
        await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .untilAsserted(() -> {
                    ConsumerGroupDescription group = describe();
                    assertThat(group.groupState()).isEqualTo(GroupState.STABLE);
                    assertThat(group.type().toString()).isEqualTo(mode.groupType);
                    Map<String, Set<Integer>> shares = shares(group);
                    assertThat(shares).containsOnlyKeys(names);
                    assertThat(shares.values()).noneMatch(Set::isEmpty);
                    assertThat(shares.values().stream().mapToInt(Set::size).sum())
                            .isEqualTo(PARTITIONS);
                });
    }

    /** Which partitions of the topic a member has. */
    Set<Integer> partitionsOf(String member) throws ExecutionException, InterruptedException {
        return shares(describe()).get(member);
    }

    private ConsumerGroupDescription describe() throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(topic)).all().get().get(topic);
    }

    private Map<String, Set<Integer>> shares(ConsumerGroupDescription group) {
        return group.members().stream().collect(Collectors.toMap(this::name, this::partitions));
    }

    /** The container appends the number of its thread. */
    private String name(MemberDescription member) {
        return member.clientId().replaceFirst("-\\d+$", "");
    }

    private Set<Integer> partitions(MemberDescription member) {
        return member.assignment().topicPartitions().stream()
                .filter(partition -> partition.topic().equals(topic))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    /** Gives the members time to commit all that was sent. Returns how much they have not. */
    long commitAll() throws ExecutionException, InterruptedException {
        try {
            await().atMost(LIMIT).until(() -> uncommitted() == 0);
        } catch (ConditionTimeoutException stuck) {
            // the caller counts it
        }
        return uncommitted();
    }

    /** How many triggers lie above the committed offsets. */
    long uncommitted() throws ExecutionException, InterruptedException {
        return Broker.lag(topic, topic);
    }

    /** How often a member was given partitions. */
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
    public void close() throws InterruptedException {
        for (MemberProcess member : members.values()) {
            member.close();
        }
        admin.close();
    }
}
