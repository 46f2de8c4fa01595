package io.triggerquery.consumer.internal.resync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.triggerquery.consumer.internal.resync.ResyncHarness.Instance;
import io.triggerquery.consumer.internal.resync.ResyncHarness.Requested;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The requests of a resync and their rate. */
class ResyncTest {

    private final ResyncHarness world = new ResyncHarness();

    @Test
    void requestsOnlyMissingOrOlderIds() {
        world.put("equal", 5);
        world.put("missing", 3);
        world.put("newer", 5);
        world.put("older", 5);
        world.projection.put("equal", 5L);
        world.projection.put("newer", 6L);
        world.projection.put("older", 4L);
        Instance instance = world.start();
        assertThat(instance.resync.resync()).isEqualTo(ResyncStart.NOW);
        instance.tick();
        assertThat(world.requests)
                .extracting(Requested::id, Requested::version, Requested::urgent)
                .containsExactly(
                        tuple("missing", OptionalLong.of(3), false), tuple("older", OptionalLong.of(5), false));
        assertThat(instance.resync.status().listed()).isEqualTo(4);
        assertThat(instance.resync.status().differences()).isEqualTo(2);
    }

    @Test
    void listedTombstoneDiffersOnlyFromOlderState() {
        world.putTombstone("gone-and-projected", 7);
        world.putTombstone("gone-and-tombstone-projected", 7);
        world.putTombstone("gone-and-never-projected", 7);
        world.projection.put("gone-and-projected", 6L);
        world.projection.put("gone-and-tombstone-projected", 7L);
        world.start().resync.resync();
        world.owner.tick();
        assertThat(world.requested()).containsExactly("gone-and-projected");
        assertThat(world.requests.get(0).version()).hasValue(7);
    }

    @Test
    void everyListedIdDiffersWithoutProjectedVersions() {
        world.comparing = false;
        world.add(25);
        world.projection.put("thing-00003", 1L);
        world.start().resync.resync();
        world.owner.tick();
        assertThat(world.requested()).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void resyncAllRequestsEverythingWithoutComparing() {
        world.add(25);
        world.source.keySet().forEach(id -> world.projection.put(id, 1L));
        world.start().resync.resyncAll();
        world.owner.tick();
        assertThat(world.requested()).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void anyInstanceRequestsSingleIdImmediately() {
        world.start();
        Instance other = world.new Instance();
        other.resync.resync("a");
        assertThat(world.requests).containsExactly(new Requested(other, "a", OptionalLong.empty(), true, world.now()));
    }

    @Test
    void requestsStayWithinRate() {
        world.add(1_000);
        world.pageSize = 100;
        world.start().resync.resync();
        Duration began = world.now();
        world.owner.tick();
        assertThat(world.requests).hasSize(1_000);
        assertThat(world.now().minus(began)).isBetween(Duration.ofMillis(9_900), Duration.ofSeconds(13));
        List<Duration> times = world.requests.stream().map(Requested::at).toList();
        for (int i = 100; i < times.size(); i++) {
            assertThat(times.get(i).minus(times.get(i - 100)))
                    .as("100 requests")
                    .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        }
    }

    @Test
    void pagesWithoutDifferencesStayWithinRate() {
        world.add(100);
        world.source.keySet().forEach(id -> world.projection.put(id, 1L));
        world.pageSize = 1;
        world.start().resync.resync();
        Duration began = world.now();
        world.owner.tick();
        assertThat(world.requests).isEmpty();
        assertThat(world.pages).hasSize(101);
        assertThat(world.now().minus(began)).isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void openRequestsStayWithinLimit() {
        world.add(200);
        world.latency = Duration.ofSeconds(2);
        world.pageSize = 200;
        world.start().resync.resync();
        world.owner.tick();
        assertThat(world.mostOpen).isEqualTo(50);
        assertThat(world.projection).hasSize(200);
    }

    @Test
    void invalidListedIdsAreSkipped() {
        world.put("../admin", 1);
        world.put("good", 1);
        world.start().resync.resync();
        world.owner.tick();
        assertThat(world.requested()).containsExactly("good");
    }

    @Test
    void nextPageWaitsForPreviousPage() {
        world.add(20);
        world.latency = Duration.ofSeconds(3);
        world.start().resync.resync();
        world.owner.tick();
        List<Duration> times = world.requests.stream().map(Requested::at).toList();
        assertThat(times.get(10).minus(times.get(9))).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }
}
