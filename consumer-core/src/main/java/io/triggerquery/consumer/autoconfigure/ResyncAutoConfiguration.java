package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.internal.listener.ConsumerSettings;
import io.triggerquery.consumer.internal.listener.ListenerAssembly.Comparisons;
import io.triggerquery.consumer.internal.listener.Monitors;
import io.triggerquery.consumer.internal.resync.InMemoryResyncProgress;
import io.triggerquery.consumer.internal.resync.JdbcResyncProgress;
import io.triggerquery.consumer.internal.resync.ResyncProgress;
import io.triggerquery.consumer.internal.resync.Resyncs;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Provides what compares projections with their sources: the resync of listeners that have a {@code ResyncSource}, and
 * the consistency monitor of those that have {@code ProjectedVersions}.
 */
@AutoConfiguration(
        after = TriggerQueryAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBean(ConsumerSettings.class)
public final class ResyncAutoConfiguration {

    @Bean
    Resyncs triggerResyncs(
            ObjectProvider<ResyncSource> sources,
            ObjectProvider<ProjectedVersions> projections,
            ResyncProgress progress) {
        return new Resyncs(sources::stream, projections::stream, progress, InstantSource.system());
    }

    @Bean
    Monitors triggerMonitors() {
        return new Monitors();
    }

    @Bean
    Comparisons triggerComparisons(Resyncs resyncs, Monitors monitors) {
        return new Comparisons(resyncs, monitors);
    }

    /** Stores the progress in the database of an application with one database, which its instances share. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcClient.class)
    @Order(1)
    static class WithDatabase {

        @Bean
        @ConditionalOnSingleCandidate(DataSource.class)
        @ConditionalOnMissingBean
        ResyncProgress triggerResyncProgress(DataSource dataSource) {
            return new JdbcResyncProgress(dataSource);
        }
    }

    /** Keeps the progress in memory for all other applications. */
    @Configuration(proxyBeanMethods = false)
    @Order(2)
    static class InMemory {

        @Bean
        @ConditionalOnMissingBean
        ResyncProgress triggerResyncProgress() {
            return new InMemoryResyncProgress();
        }
    }
}
