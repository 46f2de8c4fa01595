package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.StartUp.Thing;
import io.triggerquery.consumer.it.StartUp.Things;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.adapter.RecordFilterStrategy;
import org.springframework.kafka.support.converter.RecordMessageConverter;
import org.springframework.kafka.support.converter.StringJacksonJsonMessageConverter;

/** A setting of a container factory is used, replaced with a log line, or fails the start. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpFactoryTest {

    static class Listener {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing) {}
    }

    static class ListenerWithItsOwnFactory {

        @TriggerQueryListener(topics = "things", source = Things.class, containerFactory = "plain")
        void project(Thing thing) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class AFilter {

        @Bean
        RecordFilterStrategy<Object, Object> odd() {
            return message -> message.offset() % 2 == 1;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ABatchInterceptor {

        @Bean
        BatchInterceptor<Object, Object> batches() {
            return (messages, consumer) -> messages;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class APlainFactory {

        @Bean
        ConcurrentKafkaListenerContainerFactory<Object, Object> plain(ConsumerFactory<Object, Object> consumers) {
            var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
            factory.setConsumerFactory(consumers);
            factory.setAutoStartup(false);
            return factory;
        }
    }

    @Test
    void filterOfFactoryFailsStart(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class, AFilter.class).fails(output))
                .contains("The container factory of the trigger listener 'things' has a RecordFilterStrategy")
                .contains("RecordInterceptor that returns null")
                .contains("containerFactory");
    }

    @Test
    void batchInterceptorOfFactoryFailsStart(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class, ABatchInterceptor.class).fails(output))
                .contains("The container factory of the trigger listener 'things' has a BatchInterceptor")
                .contains("RecordInterceptor")
                .contains("containerFactory");
    }

    @Test
    void listenerWithItsOwnFactoryStartsBesideOthers() {
        assertThat(StartUp.of(
                                ListenerWithItsOwnFactory.class,
                                AFilter.class,
                                ABatchInterceptor.class,
                                APlainFactory.class)
                        .listeners())
                .containsExactly("things");
    }

    @Configuration(proxyBeanMethods = false)
    static class WhatTheMechanismDoesItself {

        @Bean
        CommonErrorHandler errors() {
            return new DefaultErrorHandler();
        }

        @Bean
        ConsumerAwareRebalanceListener rebalances() {
            return new ConsumerAwareRebalanceListener() {};
        }
    }

    @Test
    void replacedFactorySettingsAreLogged(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class, WhatTheMechanismDoesItself.class).listeners())
                .containsExactly("things");
        assertThat(output)
                .contains("things: the listener replaces these parts of its container factory, which are not called:"
                        + " CommonErrorHandler, ConsumerRebalanceListener");
    }

    @Test
    void plainFactoryLogsNothing(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class).listeners()).containsExactly("things");
        assertThat(output).doesNotContain("are not called");
    }

    @Configuration(proxyBeanMethods = false)
    static class AConverterAndACustomizer {

        @Bean
        RecordMessageConverter converter() {
            return new StringJacksonJsonMessageConverter();
        }

        @Bean
        ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> customizer() {
            return container -> {
                container.getContainerProperties().setAckMode(AckMode.RECORD);
                container.getContainerProperties().setIdleBetweenPolls(7);
            };
        }
    }

    @Test
    void customizerCannotRemoveRequiredSettings() {
        try (var application =
                StartUp.of(Listener.class, AConverterAndACustomizer.class).run()) {
            var container =
                    application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer("things");
            assertThat(container.getContainerProperties().getIdleBetweenPolls()).isEqualTo(7);
            assertThat(container.getContainerProperties().getAckMode()).isEqualTo(AckMode.MANUAL);
            assertThat(container.getAssignedPartitions()).isNullOrEmpty();
        }
    }
}
