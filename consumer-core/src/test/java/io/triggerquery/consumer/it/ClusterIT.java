package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * G1 NoLostTrigger, G3 NeverBackwards, G6 CleanHandover and G8 Converges for members in separate processes, with a real
 * broker and a real database, with each rebalance protocol of Kafka. Prints a table of the results.
 *
 * <p>In the build it is short, and without the mode that {@code HandoverIT} sees too and differs least. The full size
 * takes about a minute for each mode on two cores:
 *
 * <pre>{@code
 * ./mvnw -pl consumer-core verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ClusterIT \
 *     -Dcluster.triggers=100000 -Dcluster.ids=10000 -Dcluster.rate=2500 -Dcluster.millis=20
 * }</pre>
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to stop a process and let it go on")
class ClusterIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<ClusterRun> RUNS = new ArrayList<>();

    private static ClusterDatabase database;

    private final SourceServer source = new SourceServer();

    static List<RebalanceMode> modes() {
        return LoadSize.isFull()
                ? List.of(RebalanceMode.values())
                : List.of(RebalanceMode.EAGER, RebalanceMode.CONSUMER);
    }

    @BeforeAll
    static void startDatabase() {
        database = new ClusterDatabase();
    }

    @AfterAll
    static void report() throws Exception {
        database.close();
        System.out.println(ClusterRun.HEADER);
        RUNS.forEach(run -> System.out.println(run.row()));
    }

    @BeforeEach
    void clearDatabase() {
        database.clear();
    }

    @AfterEach
    void stopSource() {
        source.close();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void rollingRestartAndKilledMemberLoseNothing(RebalanceMode mode) throws Exception {
        var size = LoadSize.configured();
        String[] names = {"one", "two", "three"};
        try (var group = group(mode, "load", size.memberSettings());
                var load = new TriggerLoad(source, group.topic(), size, names.length + 1)) {
            for (String name : names) {
                group.start(name);
            }
            group.awaitMembers(names);
            long start = System.nanoTime();
            for (String name : names) {
                load.sendPart(() -> {
                    group.member(name).terminate();
                    group.start(name);
                    group.awaitMembers(names);
                });
            }
            load.sendPart(() -> {
                group.member("two").kill();
                group.start("two");
                group.awaitMembers(names);
            });
            group.commitAll();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            ClusterRun run = ClusterRun.of(mode, group, source, database, seconds);
            RUNS.add(run);
            assertThat(run.triggers()).isEqualTo(size.triggers());
            assertThat(run.lost()).as("lost").isEmpty();
            assertThat(run.uncommitted()).as("not committed").isZero();
            assertThat(run.differences()).as("differences").isZero();
        }
    }

    /**
     * A member with old answers is suspended for longer than its session timeout. Another takes over its partitions and
     * projects newer versions. Some of the late writes happen before the suspended member can know that it was
     * expelled, the others when it is back in the group.
     */
    @ParameterizedTest
    @MethodSource("modes")
    void zombieOverwritesAndCommitsNothing(RebalanceMode mode) throws Exception {
        try (var gate = new Gate();
                var group = group(mode, "zombie", Map.of())) {
            MemberProcess zombie = group.start("zombie", Map.of("member.gate", gate.url()));
            group.start("heir");
            group.awaitMembers("zombie", "heir");
            int inHand = group.partitionsOf("zombie");
            change("thing");
            trigger(group, "thing");
            await().atMost(LIMIT).until(() -> gate.arrived() == inHand);

            change("thing");
            zombie.pause();
            trigger(group, "thing");
            group.awaitMembers("heir");
            assertThat(group.commitAll()).isZero();
            assertThat(database.versions()).isEqualTo(source.versions);
            long roundsOfHeir = database.roundsOf("heir");

            int early = inHand / 2;
            gate.letThrough(early);
            zombie.resume();
            await().atMost(LIMIT).until(() -> database.roundsOf("zombie") == early);
            group.awaitMembers("zombie", "heir");
            gate.letThrough(inHand - early);
            await().atMost(LIMIT).until(() -> database.roundsOf("zombie") == inHand);
            assertThat(database.writesOf("zombie")).isZero();
            assertThat(database.versions()).isEqualTo(source.versions);

            zombie.terminate(); // then it has made all its commits
            assertThat(group.uncommitted())
                    .as("offsets moved back by the zombie")
                    .isZero();
            change("other");
            trigger(group, "other");
            assertThat(group.commitAll()).isZero();
            assertThat(database.versions()).isEqualTo(source.versions);
            assertThat(database.roundsOf("heir"))
                    .as("nothing was delivered again, as it would be from an offset that the zombie moved back")
                    .isEqualTo(roundsOfHeir + MemberGroup.PARTITIONS);
        }
    }

    private MemberGroup group(RebalanceMode mode, String name, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("triggerquery.sources.things.url", source.url());
        settings.put("member.database", database.url());
        return new MemberGroup(mode, name, settings);
    }

    /** Returns one id for each partition. */
    private static List<String> ids(String kind) {
        return IntStream.range(0, MemberGroup.PARTITIONS)
                .mapToObj(partition -> kind + "-" + partition)
                .toList();
    }

    private void change(String kind) {
        ids(kind).forEach(id -> source.versions.merge(id, 1L, Long::sum));
    }

    private static void trigger(MemberGroup group, String kind) throws Exception {
        List<String> ids = ids(kind);
        for (int partition = 0; partition < ids.size(); partition++) {
            Broker.send(group.topic(), partition, ids.get(partition).getBytes(StandardCharsets.UTF_8));
        }
    }
}
