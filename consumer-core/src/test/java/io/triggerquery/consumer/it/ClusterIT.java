package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * G1 NoLostTrigger, G3 NeverBackwards, G6 CleanHandover and G8 Converges with several member processes, a real broker
 * and a real database, under each way Kafka has to rebalance.
 *
 * <p>In the build it is short. The full size, with a table of what was seen:
 *
 * <pre>{@code
 * ./mvnw -pl consumer-core verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ClusterIT \
 *     -Dcluster.triggers=100000 -Dcluster.ids=10000 -Dcluster.rate=2500
 * }</pre>
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals to stop and continue a process")
class ClusterIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<ClusterRun> RUNS = new ArrayList<>();

    private static ClusterDatabase database;

    @BeforeAll
    static void startDatabase() {
        database = new ClusterDatabase();
    }

    @AfterAll
    static void stopDatabaseAndReport() throws Exception {
        database.close();
        System.out.println(ClusterRun.header());
        RUNS.forEach(run -> System.out.println(run.row()));
    }

    @BeforeEach
    void clearDatabase() {
        database.clear();
    }

    @ParameterizedTest
    @EnumSource
    void aRollingRestartAndAKilledMemberLoseNothing(RebalanceMode mode) throws Exception {
        var size = TriggerLoad.Size.configured();
        try (var source = new SourceServer();
                var group = new MemberGroup(mode, "load", source, database);
                var load = new TriggerLoad(source, group.topic(), size)) {
            String[] names = {"one", "two", "three"};
            for (String name : names) {
                group.start(name, size.memberSettings());
            }
            group.awaitMembers(names);
            long start = System.nanoTime();
            for (String name : names) {
                load.sendPart(4, () -> {
                    group.member(name).terminate();
                    group.start(name, size.memberSettings());
                    group.awaitMembers(names);
                });
            }
            load.sendPart(4, () -> {
                group.member("two").kill();
                group.start("two", size.memberSettings());
                group.awaitMembers(names);
            });
            long uncommitted = group.commitAll();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            Map<String, Long> projection = database.versions();
            var run = new ClusterRun(
                    mode,
                    Broker.count(group.topic()),
                    source.versions.size(),
                    ClusterRun.lost(source.versions, projection),
                    uncommitted,
                    database.repeatedRounds(),
                    source.queries.get(),
                    group.rebalances(),
                    ClusterRun.differences(source.versions, projection),
                    seconds);
            RUNS.add(run);
            assertThat(run.triggers()).isEqualTo(size.triggers());
            assertThat(run.ids()).isEqualTo(size.ids());
            assertThat(run.lost()).as("lost").isZero();
            assertThat(run.uncommitted()).as("not committed").isZero();
            assertThat(run.differences()).as("differences").isZero();
        }
    }

    /**
     * A member is stopped, with old answers in hand, for longer than its session lasts. Another takes its partitions
     * over and projects the newer versions. Some of the late writes come before the member can know that it was
     * expelled, the others when it is back in the group.
     */
    @ParameterizedTest
    @EnumSource
    void aZombieOverwritesNothingAndCommitsNothing(RebalanceMode mode) throws Exception {
        try (var source = new SourceServer();
                var gate = new Gate();
                var group = new MemberGroup(mode, "zombie", source, database)) {
            MemberProcess zombie = group.start("zombie", Map.of("member.gate", gate.url()));
            group.start("heir");
            group.awaitMembers("zombie", "heir");
            int inHand = group.partitionsOf("zombie").size();
            change(source, "thing");
            trigger(group, "thing");
            await().atMost(LIMIT).until(() -> gate.arrived() == inHand);

            change(source, "thing");
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
            group.awaitMembers("heir", "zombie");
            gate.letThrough(inHand - early);
            await().atMost(LIMIT).until(() -> database.roundsOf("zombie") == inHand);
            assertThat(database.writesOf("zombie")).isZero();
            assertThat(database.versions()).isEqualTo(source.versions);

            zombie.terminate(); // then it has committed whatever it still wanted to
            assertThat(group.uncommitted()).as("moved back by the zombie").isZero();
            change(source, "other");
            trigger(group, "other");
            assertThat(group.commitAll()).isZero();
            assertThat(database.versions()).isEqualTo(source.versions);
            assertThat(database.roundsOf("heir"))
                    .as("nothing came again, as it would from an offset that the zombie moved back")
                    .isEqualTo(roundsOfHeir + MemberGroup.PARTITIONS);
        }
    }

    /** One id for each partition. */
    private static void change(SourceServer source, String kind) {
        for (int partition = 0; partition < MemberGroup.PARTITIONS; partition++) {
            source.versions.merge(kind + "-" + partition, 1L, Long::sum);
        }
    }

    private static void trigger(MemberGroup group, String kind) throws Exception {
        for (int partition = 0; partition < MemberGroup.PARTITIONS; partition++) {
            String id = kind + "-" + partition;
            Broker.send(group.topic(), partition, id.getBytes(StandardCharsets.UTF_8));
        }
    }
}
