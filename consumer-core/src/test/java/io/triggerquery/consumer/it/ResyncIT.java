package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.jackson3.Jackson3Decoder;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.internal.resync.Resync;
import io.triggerquery.consumer.internal.resync.ResyncStart;
import io.triggerquery.consumer.internal.resync.Resyncs;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** A resync repairs a projection that was changed outside of the framework, without any trigger. */
class ResyncIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String topic = "things-" + UUID.randomUUID();
    private final DataSource database = new DriverManagerDataSource("jdbc:h2:mem:" + topic + ";DB_CLOSE_DELAY=-1");
    private final SourceServer source = new SourceServer();
    private final Things things = new Things();
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    interface ThingPages {

        @RequestLine("GET /api/thing-versions?after={after}")
        ResyncSource.Page page(@Param("after") String after);
    }

    private record PagedThings(String listener, ThingPages pages) implements ResyncSource {

        @Override
        public Page page(String cursor) {
            return pages.page(cursor);
        }
    }

    @BeforeEach
    void createTopicAndTable() throws Exception {
        Broker.create(topic);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/triggerquery-h2")
                .load()
                .migrate();
    }

    @AfterEach
    void close() {
        instances.forEach(ConfigurableApplicationContext::close);
        source.close();
    }

    private ConfigurableApplicationContext start(String every, int rate) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "things.topic",
                topic,
                "spring.kafka.bootstrap-servers",
                Broker.address(),
                "spring.kafka.consumer.group-id",
                topic,
                "triggerquery.sources.things.url",
                source.url(),
                "triggerquery.defaults.resync.every",
                every,
                "triggerquery.defaults.resync.rate",
                String.valueOf(rate),
                "triggerquery.defaults.consistency.rate",
                "0")); // a monitor would query too
        var instance = ThingsApplication.start(things, settings, this::addResync);
        instances.add(instance);
        return instance;
    }

    private void addResync(GenericApplicationContext context) {
        ThingPages pages = Feign.builder().decoder(new Jackson3Decoder()).target(ThingPages.class, source.url());
        context.registerBean(ResyncSource.class, () -> new PagedThings(topic, pages));
        context.registerBean(
                ProjectedVersions.class,
                () -> ProjectedVersions.of(topic, ids -> {
                    Map<String, Long> held = new HashMap<>(things.versions);
                    held.keySet().retainAll(ids);
                    return held;
                }));
        context.registerBean(DataSource.class, () -> database);
    }

    private Resync resync(ConfigurableApplicationContext instance) {
        return instance.getBean(Resyncs.class).of(topic).orElseThrow();
    }

    private void change(int from, int to) {
        IntStream.range(from, to).forEach(i -> source.versions.merge("thing-%03d".formatted(i), 1L, Long::sum));
    }

    private void awaitConverged() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(things.versions).isEqualTo(source.versions));
    }

    /** Returns the instance with partition 0. */
    private ConfigurableApplicationContext owner() {
        await().atMost(PATIENCE)
                .until(() -> instances.stream()
                        .filter(ConfigurableApplicationContext::isActive)
                        .anyMatch(instance -> resync(instance).status().here()));
        return instances.stream()
                .filter(ConfigurableApplicationContext::isActive)
                .filter(instance -> resync(instance).status().here())
                .findFirst()
                .orElseThrow();
    }

    /** Waits until no rebalance can move the resync to the other instance. */
    private void awaitBothHavePartitions() {
        await().atMost(PATIENCE)
                .until(() -> instances.stream()
                        .map(instance -> instance.getBean(KafkaListenerEndpointRegistry.class)
                                .getListenerContainer(topic)
                                .getAssignedPartitions())
                        .allMatch(assigned -> assigned != null && !assigned.isEmpty()));
    }

    private void awaitFinished(Resync resync) {
        await().atMost(PATIENCE)
                .until(() ->
                        resync.status().finishedAt() != null && !resync.status().running());
    }

    @Test
    void changedRowsAreRepairedByOneInstanceWithOneQueryEach() {
        start("0", 1_000);
        start("0", 1_000);
        awaitBothHavePartitions();
        change(0, 200);
        change(0, 200);
        source.versions.keySet().forEach(id -> Broker.trigger(topic, id));
        awaitConverged();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Broker.lag(topic, topic)).isZero());
        await().atMost(PATIENCE)
                .until(() -> instances.stream()
                                .filter(instance -> resync(instance).status().here())
                                .count()
                        == 1);
        int queries = source.queries.get();
        IntStream.range(0, 30).forEach(i -> things.versions.remove("thing-%03d".formatted(i * 6)));
        IntStream.range(0, 20).forEach(i -> things.versions.put("thing-%03d".formatted(i * 6 + 3), 1L));

        Resync here = resync(owner());
        assertThat(instances)
                .extracting(instance -> resync(instance).resync())
                .containsExactlyInAnyOrder(ResyncStart.NOW, ResyncStart.ELSEWHERE);
        awaitConverged();
        awaitFinished(here);
        assertThat(source.queries.get() - queries).isEqualTo(50);
        assertThat(source.pages).as("pages of one run").hasValue(200 / SourceServer.PAGE + 1);
        assertThat(here.status().listed()).isEqualTo(200);
        assertThat(here.status().differences()).isEqualTo(50);
    }

    @Test
    void changesWithoutTriggerAreFoundOnSchedule() {
        change(0, 45);
        start("1s", 1_000);
        awaitConverged();
        change(40, 50);
        awaitConverged();
        assertThat(source.queries).hasValue(55);
    }

    @Test
    void newOwnerContinuesFromLastPage() {
        change(0, 200);
        ConfigurableApplicationContext first = start("0", 20);
        Resync begun = resync(owner());
        begun.resync();
        await().atMost(PATIENCE).until(() -> begun.status().listed() >= 30);
        ConfigurableApplicationContext second = start("0", 1_000);
        first.close();
        Resync next = resync(second);
        awaitConverged();
        awaitFinished(next);
        int pages = 200 / SourceServer.PAGE + 1;
        assertThat(source.pages.get()).as("at most one page twice").isBetween(pages, pages + 1);
        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from trigger_resync where finished_at is not null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void stopDoesNotWaitForRateOrEndOfRun() {
        change(0, 500);
        ConfigurableApplicationContext instance = start("0", 1);
        resync(owner()).resync();
        await().atMost(PATIENCE).until(() -> resync(instance).status().running());
        instance.close(); // the run would take minutes
        assertThat(source.queries.get()).isLessThan(100);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("triggerquery-resync-"));
    }
}
