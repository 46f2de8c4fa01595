package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** G6 CleanHandover at shutdown: the application waits for running rounds and commits them before closing. */
class ShutdownIT {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Slow slow() {
            return new Slow();
        }
    }

    @Source("things")
    interface Things {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id, long version) {}

    static class Slow {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        @TriggerQueryListener(topics = "${topic}", source = Things.class)
        void project(Thing thing) throws InterruptedException {
            begun.countDown();
            mayEnd.await();
        }
    }

    @Test
    void runningRoundIsCommittedBeforeApplicationCloses() throws Exception {
        String topic = "things-" + UUID.randomUUID();
        Broker.create(topic);
        try (var source = new SourceServer()) {
            source.versions.put("a", 1L);
            var application = new SpringApplicationBuilder(Application.class)
                    .run(
                            "--topic=" + topic,
                            "--spring.kafka.bootstrap-servers=" + Broker.address(),
                            "--spring.kafka.consumer.group-id=" + topic,
                            "--triggerquery.sources.things.url=" + source.url());
            Slow slow = application.getBean(Slow.class);
            var containers = application.getBean(KafkaListenerEndpointRegistry.class);
            Broker.trigger(topic, "a");
            slow.begun.await();

            var closing = new Thread(application::close);
            closing.start();
            await().until(() -> !containers.getListenerContainer(topic).isRunning());
            closing.join(2_000);
            assertThat(closing.isAlive()).as("waits for the running round").isTrue();
            slow.mayEnd.countDown();
            closing.join();
            assertThat(Broker.lag(topic, topic)).isZero();
        }
    }
}
