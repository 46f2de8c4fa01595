package io.triggerquery.faultinjection.speed;

import io.triggerquery.databases.MariaDbServer;
import io.triggerquery.databases.ServerAddress;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import io.triggerquery.testbed.DurablePostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Measures how many triggers per second the outbox accepts from several threads in each database, each in its own
 * transaction, while the relay claims and deletes them. No trigger is sent, so that the databases can use the whole machine.
 * Both sync each commit to disk. The databases run in turn.
 *
 * <p>Command: {@code testing/fault-injection/run OutboxRate}.
 */
final class OutboxRate {

    private static final int[] THREADS = {1, 8, 64};
    private static final int ROUNDS = 3;
    private static final long NANOS = Integer.getInteger("fault-injection.seconds", 5) * 1_000_000_000L;

    private record Result(double perSecond, double medianMillis, long waiting) {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        TriggerSender sender() {
            return trigger -> CompletableFuture.completedFuture(new SendOutcome.Acknowledged());
        }
    }

    private final Report report = new Report(
            "outbox-rate", "database", "threads", "accepted/s, median", "lowest", "highest", "p50 ms", "still waiting");

    public static void main(String[] arguments) throws Exception {
        new OutboxRate().measure();
        System.exit(0); // clients may have left threads
    }

    private void measure() throws Exception {
        try (EmbeddedPostgres postgres = DurablePostgres.start();
                ConfigurableApplicationContext onPostgres =
                        start(postgres.getJdbcUrl("postgres", "postgres"), "classpath:db/triggerquery");
                ConfigurableApplicationContext onMariaDb = start(mariaDb(), "classpath:db/triggerquery-mysql")) {
            Map<String, ConfigurableApplicationContext> databases = new LinkedHashMap<>();
            databases.put("PostgreSQL", onPostgres);
            databases.put("MariaDB", onMariaDb);
            for (ConfigurableApplicationContext database : databases.values()) {
                load(database, 8, NANOS / 2);
            }
            for (int threads : THREADS) {
                Map<String, List<Result>> results = new LinkedHashMap<>();
                for (int round = 0; round < ROUNDS; round++) {
                    for (Map.Entry<String, ConfigurableApplicationContext> database : databases.entrySet()) {
                        results.computeIfAbsent(database.getKey(), name -> new ArrayList<>())
                                .add(load(database.getValue(), threads, NANOS));
                    }
                }
                results.forEach((name, all) -> add(name, threads, all));
            }
        }
        report.write();
    }

    private void add(String database, int threads, List<Result> results) {
        double[] rates =
                results.stream().mapToDouble(Result::perSecond).sorted().toArray();
        double[] millis =
                results.stream().mapToDouble(Result::medianMillis).sorted().toArray();
        report.add(
                database,
                threads,
                Math.round(rates[ROUNDS / 2]),
                Math.round(rates[0]),
                Math.round(rates[ROUNDS - 1]),
                "%.2f".formatted(millis[ROUNDS / 2]),
                results.stream().mapToLong(Result::waiting).max().orElse(0));
    }

    private static String mariaDb() {
        ServerAddress server = MariaDbServer.running();
        String url = server.url(ServerAddress.Driver.MARIADB, server.newDatabase());
        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(url));
        jdbc.sql("set global innodb_flush_log_at_trx_commit = 1").update();
        jdbc.sql("set global innodb_buffer_pool_size = 134217728").update();
        return url;
    }

    private static ConfigurableApplicationContext start(String url, String location) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.config.name=fault-injection",
                        "spring.main.banner-mode=off",
                        "spring.application.name=rate",
                        "spring.datasource.url=" + url,
                        "spring.datasource.hikari.maximum-pool-size=64",
                        "spring.flyway.locations=" + location,
                        "triggerquery.producer.strategy=outbox",
                        "triggerquery.producer.schedule.drain-per-second=1000000",
                        "triggerquery.producer.destinations.changed.topic=changed")
                .run();
    }

    private static Result load(ConfigurableApplicationContext database, int threads, long nanos) throws Exception {
        TriggerPublisher publisher = database.getBean(TriggerPublisher.class);
        AtomicLong ids = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begun = System.nanoTime();
            List<Future<LongStream>> callers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                callers.add(pool.submit(() -> publish(publisher, ids, begun + nanos)));
            }
            LongStream times = LongStream.empty();
            for (Future<LongStream> caller : callers) {
                times = LongStream.concat(times, caller.get());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            long[] sorted = times.sorted().toArray();
            Result result = new Result(sorted.length / seconds, sorted[sorted.length / 2] / 1e6, waiting(database));
            while (waiting(database) > 0) {
                Thread.sleep(100);
            }
            return result;
        } finally {
            pool.shutdown();
        }
    }

    private static LongStream publish(TriggerPublisher publisher, AtomicLong ids, long end) {
        long[] times = new long[1_024];
        int count = 0;
        for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
            publisher.publish("changed", "r-" + ids.incrementAndGet());
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = System.nanoTime() - begun;
        }
        return Arrays.stream(times, 0, count);
    }

    private static long waiting(ConfigurableApplicationContext database) {
        return database.getBean(TriggerRelays.class)
                .byStrategy()
                .get("outbox")
                .store()
                .backlog()
                .pending();
    }
}
