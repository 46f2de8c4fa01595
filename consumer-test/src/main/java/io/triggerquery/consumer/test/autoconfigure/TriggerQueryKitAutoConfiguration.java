package io.triggerquery.consumer.test.autoconfigure;

import io.triggerquery.consumer.autoconfigure.FreshnessAutoConfiguration;
import io.triggerquery.consumer.autoconfigure.TriggerQueryAutoConfiguration;
import io.triggerquery.consumer.test.ScriptedFreshness;
import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.consumer.test.TriggerQueryKits;
import io.triggerquery.consumer.test.faults.Faults;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Replaces the containers with the kit; see {@link AutoConfigureTriggerQueryKit}. */
@AutoConfiguration(after = TriggerQueryAutoConfiguration.class, before = FreshnessAutoConfiguration.class)
public final class TriggerQueryKitAutoConfiguration {

    @Bean
    static BeanPostProcessor triggerQueryKitWithoutBroker() {
        return new WithoutBroker();
    }

    @Bean
    static Faults triggerQueryKitFaults() {
        return new Faults();
    }

    @Bean
    TriggerQueryKits triggerQueryKits(ConfigurableBeanFactory beans) {
        return new TriggerQueryKits(beans);
    }

    /** Replaces the real one, which would refuse every call because no listener is started. */
    @Bean
    ScriptedFreshness triggerQueryKitFreshness() {
        return new ScriptedFreshness();
    }

    /** Is lazy, so that it is created when all listeners have been found. */
    @Bean
    @Lazy
    TriggerQueryKit triggerQueryKit(TriggerQueryKits kits) {
        return kits.only();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.jdbc.datasource.DelegatingDataSource")
    static class WithJdbc {

        @Bean
        static BeanPostProcessor triggerQueryKitFaultyDataSources(Faults faults) {
            return new FaultyDataSources(faults);
        }
    }
}
