package io.triggerquery.consumer.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.consumer.Freshness;
import io.triggerquery.consumer.internal.freshness.AwaitObserver;
import io.triggerquery.consumer.internal.freshness.Awaits;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.internal.metrics.FreshnessMeters;
import io.triggerquery.consumer.internal.resync.Resyncs;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides {@link Freshness}, unless the application has a bean of its own, for example in a test. */
@AutoConfiguration(after = {TriggerQueryAutoConfiguration.class, ResyncAutoConfiguration.class})
@ConditionalOnBean({TriggerListeners.class, Resyncs.class})
public final class FreshnessAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(Freshness.class)
    Awaits triggerFreshness(
            TriggerListeners listeners, Resyncs resyncs, TimerThread timer, ObjectProvider<AwaitObserver> observers) {
        return new Awaits(
                listeners::awaitable,
                listener -> resyncs.projectedVersions(listener).orElse(null),
                new Awaits.Surroundings(
                        timer, InstantSource.system(), observers.getIfAvailable(() -> (listener, result, took) -> {})));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class WithMeters {

        @Bean
        AwaitObserver triggerFreshnessMeters(ObjectProvider<MeterRegistry> registries) {
            return new FreshnessMeters(registries.getIfAvailable(SimpleMeterRegistry::new));
        }
    }
}
