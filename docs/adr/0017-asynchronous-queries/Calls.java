import com.sun.management.OperatingSystemMXBean;
import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.Retryer;
import feign.hc5.ApacheHttp5Client;
import feign.jackson3.Jackson3Decoder;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.*;
import io.triggerquery.consumer.internal.query.*;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.*;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.kafka.common.TopicPartition;

/**
 * What a query costs the process that makes it: the engine, its query and a projection that does nothing, without Kafka.
 *
 * <pre>java -cp CLASSPATH Calls.java http://127.0.0.1:PORT async|blocking IN_FLIGHT pool|few|spare SECONDS</pre>
 */
public class Calls {

    public record Billing(String paymentId, boolean billed, String billId, long version) {}

    @Source(value = "billing", id = "paymentId")
    public interface Billings {
        @RequestLine("GET /api/billings/{id}")
        Billing byId(@Param("id") String id);
    }

    static final TopicPartition PARTITION = new TopicPartition("billings", 0);
    static final LongAdder projected = new LongAdder();

    public static void main(String[] args) throws Exception {
        int inFlight = Integer.parseInt(args[2]);
        Executor workers =
                switch (args[3]) {
                    case "few" -> Executors.newFixedThreadPool(4);
                    case "spare" -> Executors.newCachedThreadPool();
                    default -> Executors.newFixedThreadPool(inFlight);
                };
        var timer = Executors.newSingleThreadScheduledExecutor();
        Timer pauses = (delay, action) -> {
            Future<?> scheduled = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        };
        var engine = new TriggerEngine(
                new EngineSettings(
                        new EngineSettings.Limits(inFlight, 1, 10_000, 5_000, 0),
                        new EngineSettings.Patience(
                                Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofHours(1))),
                new Pipeline<>(
                        query(URI.create(args[0]), args[1].equals("async"), inFlight),
                        new Nowhere(),
                        failure -> FailureKind.RETRYABLE,
                        failing -> Duration.ofSeconds(1),
                        new None()),
                new EngineRuntime(workers, pauses, System::nanoTime, new Open(), new EngineListener() {}));
        engine.assigned(Calls.class, List.of(PARTITION));
        var feeder = new Thread(() -> feed(engine));
        feeder.setDaemon(true);
        feeder.start();
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int second = 0; second < Integer.parseInt(args[4]); second += 2) {
            long cpu = system.getProcessCpuTime();
            long before = projected.sum();
            long start = System.nanoTime();
            Thread.sleep(2_000);
            long calls = projected.sum() - before;
            System.out.printf(
                    "%.0f/s, %.1f us of CPU for each, %d threads%n",
                    calls * 1e9 / (System.nanoTime() - start),
                    (system.getProcessCpuTime() - cpu) / 1e3 / calls,
                    Thread.activeCount());
        }
        System.exit(0);
    }

    static Query<Object> query(URI url, boolean async, int inFlight) {
        var sources = new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()));
        var protection = new SourceSettings.Protection(Duration.ofSeconds(5), inFlight, 1);
        SourceMethods methods = SourceMethods.of(Billings.class);
        if (async) {
            var limits = new SourceSettings.Limits(Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);
            return sources.query(methods, url, new SourceSettings(url, limits, protection));
        }
        var http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(inFlight)
                        .setMaxConnPerRoute(inFlight)
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
        return sources.query(
                methods,
                Feign.builder()
                        .client(new ApacheHttp5Client(http))
                        .decoder(new Jackson3Decoder())
                        .retryer(Retryer.NEVER_RETRY)
                        .target(Billings.class, url.toString()),
                protection);
    }

    static void feed(TriggerEngine engine) {
        for (long number = 0; ; number++) {
            while (number % 100 == 0 && engine.pending() > 5_000) {
                LockSupport.parkNanos(1_000_000);
            }
            String id = String.format("payment-%07d", number % 1_000_000 + 1);
            var work = new Work.Refresh(new Trigger("billings", id, OptionalLong.empty(), Instant.EPOCH), Past.NONE);
            engine.accept(Calls.class, new Delivery(PARTITION, number, work, 1, () -> {}));
        }
    }

    static final class Nowhere implements Projection<Object> {

        @Override
        public boolean takesMany() {
            return false;
        }

        @Override
        public void apply(List<Snapshot<Object>> snapshots) {
            projected.increment();
        }
    }

    static final class None implements Outlets {

        @Override
        public String retryTopic() {
            return "none";
        }

        @Override
        public void park(Trigger trigger, Past past) {}

        @Override
        public void bury(Trigger trigger, Throwable cause) {}
    }

    static final class Open implements Intake {

        @Override
        public void pause(Collection<TopicPartition> partitions) {}

        @Override
        public void resume(Collection<TopicPartition> partitions) {}
    }
}
