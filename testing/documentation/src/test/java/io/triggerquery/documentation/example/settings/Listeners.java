package io.triggerquery.documentation.example.settings;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.config.TopicBuilder;

/** Listeners with attributes, and beans that replace what settings set. */
final class Listeners {

    private Listeners() {}

    static final class Plain {

        @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
        void project(Billing billing) {}
    }

    static final class ByAnnotation {

        @TriggerQueryListener(
                id = "billing",
                topics = {"billing.billing-changed", "billing.corrections"},
                groupId = "${spring.application.name}-billing",
                source = BillingSource.class,
                parallelism = "32",
                autoStartup = "false",
                clientIdPrefix = "billing",
                properties = {"max.poll.records=500", "client.rack=${RACK:a}"})
        void project(Billing billing) {}
    }

    static final class WithTrigger {

        final List<String> lines = new ArrayList<>();

        @TriggerQueryListener(
                id = "billing",
                topics = {"billing.billing-changed", "billing.corrections"},
                source = BillingSource.class)
        void project(Billing billing, Trigger trigger) {
            lines.add(billing.paymentId() + " by " + trigger.topic() + " at " + trigger.producedAt());
        }
    }

    static final class ListWithTriggers {

        final List<String> lines = new ArrayList<>();

        @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
        void project(List<Snapshot<Billing>> snapshots, List<Trigger> triggers) {
            for (int i = 0; i < snapshots.size(); i++) {
                lines.add(snapshots.get(i).id() + " by " + triggers.get(i).topic());
            }
        }
    }

    record LaterStart(KafkaListenerEndpointRegistry listeners) {

        void start() {
            listeners.getListenerContainer("billing").start();
        }
    }

    static final class Topics {

        @Bean
        NewTopic billingChanged() {
            return TopicBuilder.name("billing.billing-changed").partitions(8).build();
        }
    }

    static final class Pauses {

        @Bean
        BackOff backOff() {
            return failing -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(5_000, 15_000));
        }
    }
}
