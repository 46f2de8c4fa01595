package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.projection.EndedTransactions;
import io.triggerquery.consumer.projection.ProjectionGuard;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.ConfigurableTransactionManager;

/**
 * Provides a {@link ProjectionGuard} to an application with one database. An application with several databases and no
 * primary one creates its own: {@code new ProjectionGuard(dataSource)}.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnClass(JdbcClient.class)
public final class ProjectionGuardAutoConfiguration {

    @Bean
    @ConditionalOnSingleCandidate(DataSource.class)
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    ProjectionGuard projectionGuard(DataSource dataSource) {
        return new ProjectionGuard(dataSource);
    }

    @Bean
    GuardsAtStart triggerGuardsAtStart(ConfigurableListableBeanFactory beans) {
        return new GuardsAtStart(beans);
    }

    @Bean
    @DependsOnDatabaseInitialization
    ProjectionsAtStart triggerProjectionsAtStart(ConfigurableListableBeanFactory beans) {
        return new ProjectionsAtStart(beans);
    }

    /** Adds a listener to each transaction manager, which is notified when a transaction has ended. */
    @Bean
    static BeanPostProcessor triggerTransactionEnds() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String beanName) {
                if (bean instanceof ConfigurableTransactionManager manager) {
                    manager.addListener(EndedTransactions.LISTENER);
                }
                return bean;
            }
        };
    }
}
