package io.triggerquery.documentation.observability;

import feign.Param;
import feign.RequestLine;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.autoconfigure.FreshnessAutoConfiguration;
import io.triggerquery.consumer.autoconfigure.ResyncAutoConfiguration;
import io.triggerquery.consumer.autoconfigure.TriggerQueryAutoConfiguration;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.freshness.AwaitObserver;
import io.triggerquery.consumer.internal.metrics.ListenerState;
import io.triggerquery.consumer.internal.metrics.Meters;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import io.triggerquery.consumer.internal.metrics.WorkLeft;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.autoconfigure.TriggerProducerAutoConfiguration;
import io.triggerquery.producer.internal.metrics.MicrometerRelayListener;
import io.triggerquery.producer.internal.relay.RelayListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The metrics that an application with a listener and a producer exports to Prometheus. Needs no broker. */
final class ExportedNames {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Source("billing")
    interface BillingSource {

        @RequestLine("GET /api/billings/{id}")
        Billing byId(@Param("id") String id);
    }

    record Billing(String id) {}

    static final class Projection {

        @TriggerQueryListener(topics = "billing.bill-changed", id = "bills", source = BillingSource.class)
        void project(Billing billing) {}
    }

    /** Starts an application, lets each meter be registered, and returns the text that Prometheus would scrape. */
    static String scrape(Path directory) {
        var names = new ExportedNames();
        StringBuilder scraped = new StringBuilder();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KafkaAutoConfiguration.class,
                        FreshnessAutoConfiguration.class,
                        ResyncAutoConfiguration.class,
                        TriggerQueryAutoConfiguration.class,
                        TriggerProducerAutoConfiguration.class))
                .withBean(PrometheusMeterRegistry.class, () -> names.registry)
                .withBean(Projection.class, Projection::new)
                .withBean(ProjectedVersions.class, () -> ProjectedVersions.of("bills", ids -> Map.of()))
                .withPropertyValues(
                        "spring.kafka.listener.auto-startup=false",
                        "spring.kafka.consumer.group-id=payment",
                        "triggerquery.sources.billing.url=http://127.0.0.1:9",
                        "triggerquery.producer.disk-queue.directory=" + directory,
                        "triggerquery.producer.destinations.bill-changed.topic=billing.bill-changed")
                .run(application -> {
                    names.register(application);
                    names.registry.scrape(); // reading a gauge registers those of partitions
                    scraped.append(names.registry.scrape());
                });
        return scraped.toString();
    }

    /** Some meters are registered when something happens for the first time. */
    private void register(ApplicationContext application) {
        application.getBean(TriggerPublisher.class).tryPublish("bill-changed", "../rejected");
        MicrometerRelayListener relay = application.getBean(MicrometerRelayListener.class);
        relay.sent("bill-changed", 1);
        relay.failed("bill-changed", RelayListener.Reason.UNREACHABLE, 1);

        application
                .getBean(AwaitObserver.class)
                .answered("bills", new FreshnessResult.TimedOut(FreshnessResult.Known.NOTHING), Duration.ofMillis(1));

        Meters meters = application.getBeanProvider(ObserverFactory.class).stream()
                .filter(Meters.class::isInstance)
                .map(Meters.class::cast)
                .findFirst()
                .orElseThrow();
        var listener = new ObservedListener("of-a-partition", "billing", "payment");
        var trigger = new Trigger("billing.bill-changed", "a", OptionalLong.empty(), Instant.EPOCH);
        meters.observe(listener)
                .failed(new Work.Refresh(trigger, RetryHistory.NONE), 1, Duration.ZERO, new IllegalStateException());
        meters.registered(listener, new TwoPartitions());
    }

    private static final class TwoPartitions implements ListenerState {

        @Override
        public boolean paused() {
            return false;
        }

        @Override
        public String circuit() {
            return "CLOSED";
        }

        @Override
        public CompletionStage<List<PartitionOffsets>> partitions() {
            return CompletableFuture.completedStage(List.of(
                    new PartitionOffsets(new TopicPartition("billing.bill-changed", 0), false, 3, 2),
                    new PartitionOffsets(new TopicPartition("billing.bill-changed-payment-retry", 0), true, 3, 2)));
        }

        @Override
        public boolean works() {
            return true;
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public CompletionStage<WorkLeft.@Nullable Sample> sample() {
            return CompletableFuture.completedStage(new WorkLeft.Sample(0, Map.of()));
        }
    }
}
